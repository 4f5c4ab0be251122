#include "png_failure.h"
#include "png_rgb.h"

#include <string.h>

typedef struct source {
  const uint8_t *next;
  size_t left;
} source;

static void read_source(png_structp png, png_bytep into, size_t count) {
  source *from = png_get_io_ptr(png);
  if (count > from->left) sb_png_leave(png, SB_TRUNCATED, "the file ends inside a chunk");
  memcpy(into, from->next, count);
  from->next += count;
  from->left -= count;
}

// Text, profiles and times are read by Seedbank's own code. Here they are only checked and skipped,
// so a compressed comment cannot use much memory.
static void skip_metadata(png_structp png) {
  static const png_byte exif[] = "eXIf";
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, exif, 1);
}

static void ask_for_8_bit(png_structp png, png_infop info, int channels) {
  png_byte color = png_get_color_type(png, info);
  png_set_scale_16(png);
  if (color == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
  if (!(color & PNG_COLOR_MASK_COLOR)) {
    png_set_expand_gray_1_2_4_to_8(png);
    png_set_gray_to_rgb(png);
  }
  int transparent = png_get_valid(png, info, PNG_INFO_tRNS) != 0;
  if (transparent) png_set_tRNS_to_alpha(png);
  int alpha = transparent || (color & PNG_COLOR_MASK_ALPHA);
  if (alpha && channels == 3) png_set_strip_alpha(png);
  if (!alpha && channels == 4) png_set_add_alpha(png, 0xff, PNG_FILLER_AFTER);
}

static void decode(png_structp png, png_infop info, uint32_t width, uint32_t height, int channels,
                   uint8_t *pixels, size_t capacity) {
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
  skip_metadata(png);
  png_read_info(png, info);
  ask_for_8_bit(png, info, channels);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  size_t stride = (size_t)width * (size_t)channels;
  if (png_get_image_width(png, info) != width || png_get_image_height(png, info) != height ||
      png_get_rowbytes(png, info) != stride || capacity < stride * height) {
    sb_png_leave(png, SB_DAMAGED, "the headers disagree about the size");
  }
  for (int pass = 0; pass < passes; pass++) {
    for (uint32_t y = 0; y < height; y++) png_read_row(png, pixels + stride * y, NULL);
  }
  png_read_end(png, NULL);
}

sb_outcome sb_png_decode(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                         int channels, uint8_t *pixels, size_t capacity) {
  if (sb_png_decode_rgb(data, size, width, height, channels, pixels, capacity)) {
    return sb_outcome_make(SB_OK, "");
  }
  return sb_png_decode_by_libpng(data, size, width, height, channels, pixels, capacity);
}

sb_outcome sb_png_decode_by_libpng(const uint8_t *data, size_t size, uint32_t width,
                                   uint32_t height, int channels, uint8_t *pixels,
                                   size_t capacity) {
  sb_outcome outcome = sb_outcome_make(SB_OK, "");
  source from = {.next = data, .left = size};
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &outcome, sb_png_on_error,
                                           sb_png_on_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (info == NULL) {
    png_destroy_read_struct(&png, NULL, NULL);
    return sb_outcome_make(SB_MEMORY, "no memory for the PNG decoder");
  }
  if (setjmp(png_jmpbuf(png)) == 0) {
    png_set_read_fn(png, &from, read_source);
    decode(png, info, width, height, channels, pixels, capacity);
  }
  png_destroy_read_struct(&png, &info, NULL);
  return outcome;
}
