#include "png_failure.h"

#include <stdlib.h>
#include <string.h>

typedef struct sink {
  uint8_t *data;
  size_t size;
  size_t capacity;
} sink;

static void write_sink(png_structp png, png_bytep from, size_t count) {
  sink *into = png_get_io_ptr(png);
  if (count > into->capacity - into->size) {
    size_t capacity = into->capacity * 2 > into->size + count ? into->capacity * 2
                                                              : into->size + count;
    uint8_t *grown = realloc(into->data, capacity);
    if (grown == NULL) sb_png_leave(png, SB_MEMORY, "no memory for the PNG");
    into->data = grown;
    into->capacity = capacity;
  }
  memcpy(into->data + into->size, from, count);
  into->size += count;
}

static void flush_sink(png_structp png) { (void)png; }

sb_outcome sb_png_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int channels,
                         int level, sb_bytes *encoded) {
  sb_outcome outcome = sb_outcome_make(SB_OK, "");
  sink into = {0};
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &outcome, sb_png_on_error,
                                            sb_png_on_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (info == NULL) {
    png_destroy_write_struct(&png, NULL);
    return sb_outcome_make(SB_MEMORY, "no memory for the PNG encoder");
  }
  if (setjmp(png_jmpbuf(png)) == 0) {
    png_set_write_fn(png, &into, write_sink, flush_sink);
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_compression_level(png, level);
    png_set_IHDR(png, info, width, height, 8,
                 channels == 4 ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    size_t stride = (size_t)width * (size_t)channels;
    for (uint32_t y = 0; y < height; y++) png_write_row(png, pixels + stride * y);
    png_write_end(png, NULL);
  }
  png_destroy_write_struct(&png, &info);
  if (outcome.status != SB_OK) {
    free(into.data);
    return outcome;
  }
  encoded->data = into.data;
  encoded->size = into.size;
  return outcome;
}
