#include "planes.h"

#include <stdlib.h>
#include <string.h>

typedef uint8_t bytes8 __attribute__((vector_size(8)));
typedef uint16_t unsigned8 __attribute__((vector_size(16)));
typedef uint32_t long8 __attribute__((vector_size(32)));

enum { LANES = 8 };

// Reduces a row of blocks of a plane to their means. `block` is a constant at the calls for small blocks.
static inline void reduce(const uint8_t *plane, size_t stride, size_t columns, size_t block,
                          uint8_t *means) {
  uint32_t area = (uint32_t)(block * block);
  for (size_t x = 0; x < columns; x++, plane += block) {
    uint32_t sum = area / 2;
    for (size_t down = 0; down < block; down++) {
      for (size_t across = 0; across < block; across++) sum += plane[down * stride + across];
    }
    means[x] = (uint8_t)(sum / area);
  }
}

static void reduce_row(const uint8_t *plane, size_t stride, size_t columns, size_t block,
                       uint8_t *means) {
  switch (block) {
    case 1: memcpy(means, plane, columns); break;
    case 2: reduce(plane, stride, columns, 2, means); break;
    case 4: reduce(plane, stride, columns, 4, means); break;
    default: reduce(plane, stride, columns, block, means);
  }
}

// The product with a factor, divided by 256.
static inline unsigned8 scaled(bytes8 values, uint16_t factor) {
  unsigned8 wide = __builtin_convertvector(values, unsigned8) << 8;
  unsigned8 factors = (unsigned8){0} + factor;
  long8 products = __builtin_convertvector(wide, long8) * __builtin_convertvector(factors, long8);
  return __builtin_convertvector(products >> 16, unsigned8);
}

// The difference divided by 64, limited to 0…255.
static inline bytes8 clipped_difference(unsigned8 from, unsigned8 subtracted) {
  unsigned8 value = (from > subtracted) & (from - subtracted);
  value >>= 6;
  unsigned8 is_large = value > 255;
  return __builtin_convertvector((value & ~is_large) | (is_large & 255), bytes8);
}

static inline bytes8 load(const uint8_t *from) {
  bytes8 loaded;
  memcpy(&loaded, from, sizeof loaded);
  return loaded;
}

// Converts eight pixels with the numbers of libwebp (src/dsp/yuv.h). No sum exceeds 16 bits.
static inline void convert(const uint8_t *y, const uint8_t *u, const uint8_t *v, uint8_t *rgb) {
  unsigned8 zero = {0}, luma = scaled(load(y), 19077);
  bytes8 red = clipped_difference(luma + scaled(load(v), 26149), zero + 14234);
  bytes8 green =
    clipped_difference(luma + 8708, scaled(load(u), 6419) + scaled(load(v), 13320));
  bytes8 blue = clipped_difference(luma + scaled(load(u), 33050), zero + 17685);
  for (int i = 0; i < LANES; i++) {
    rgb[3 * i] = red[i];
    rgb[3 * i + 1] = green[i];
    rgb[3 * i + 2] = blue[i];
  }
}

int sb_planes_to_rgb(const sb_planes *planes, size_t columns, size_t rows, size_t block,
                     uint8_t *rgb) {
  // The last eight pixels of a row may be fewer.
  size_t length = (columns + LANES - 1) / LANES * LANES;
  uint8_t *means = calloc(3, length);
  if (means == NULL) return 0;
  uint8_t *y = means, *u = means + length, *v = means + 2 * length;
  for (size_t row = 0; row < rows; row++) {
    size_t chroma = row * (block / 2) * planes->uv_stride;
    reduce_row(planes->y + row * block * planes->y_stride, planes->y_stride, columns, block, y);
    reduce_row(planes->u + chroma, planes->uv_stride, columns, block / 2, u);
    reduce_row(planes->v + chroma, planes->uv_stride, columns, block / 2, v);
    size_t x = 0;
    for (; x + LANES <= columns; x += LANES) convert(y + x, u + x, v + x, rgb + 3 * x);
    if (x < columns) {
      uint8_t rest[3 * LANES];
      convert(y + x, u + x, v + x, rest);
      memcpy(rgb + 3 * x, rest, 3 * (columns - x));
    }
    rgb += 3 * columns;
  }
  free(means);
  return 1;
}
