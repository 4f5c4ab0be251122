#ifndef SB_PNG_FAILURE_H
#define SB_PNG_FAILURE_H
#include "outcome.h"

#include <png.h>

/// Leaves libpng with `status`. `outcome` is the value that png_get_error_ptr returns.
__attribute__((noreturn)) void sb_png_leave(png_structp png, sb_status status,
                                            const char *message);
void sb_png_on_error(png_structp png, png_const_charp message);
void sb_png_on_warning(png_structp png, png_const_charp message);

#endif
