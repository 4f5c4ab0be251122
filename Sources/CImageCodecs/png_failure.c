#include "png_failure.h"

void sb_png_leave(png_structp png, sb_status status, const char *message) {
  sb_outcome *outcome = png_get_error_ptr(png);
  *outcome = sb_outcome_make(status, message);
  png_longjmp(png, 1);
}

void sb_png_on_error(png_structp png, png_const_charp message) {
  sb_png_leave(png, SB_DAMAGED, message);
}

// Warnings are about colour spaces and bytes after the image; no pixel is missing.
void sb_png_on_warning(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}
