#include "png_filters.h"

#include <string.h>

// Vectors of Clang, which compile for every processor. Only the samples of one pixel are used, because each pixel
// needs the one to its left.
typedef uint8_t bytes16 __attribute__((vector_size(16)));
typedef uint16_t shorts16 __attribute__((vector_size(32)));
typedef uint32_t words4 __attribute__((vector_size(16)));
typedef int16_t samples __attribute__((vector_size(16)));

static inline bytes16 load(const uint8_t *from, size_t count) {
  uint32_t loaded = 0;
  memcpy(&loaded, from, count);
  return (bytes16)(words4){loaded};
}

static inline void store(bytes16 pixel, uint8_t *into, size_t count) { memcpy(into, &pixel, count); }

static inline bytes16 rounded_mean(bytes16 a, bytes16 b) {
  shorts16 sum = __builtin_convertvector(a, shorts16) + __builtin_convertvector(b, shorts16) + 1;
  return __builtin_convertvector(sum >> 1, bytes16);
}

static inline samples widened(bytes16 pixel) {
  bytes16 zero = {0};
  return (samples)__builtin_shufflevector(pixel, zero, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

static inline bytes16 low_bytes(samples pixel) {
  return __builtin_shufflevector((bytes16)pixel, (bytes16)pixel, 0, 2, 4, 6, 8, 10, 12, 14, 0, 2, 4, 6, 8, 10, 12, 14);
}

static inline samples paeth(samples left, samples above, samples corner) {
  samples to_left = above - corner, to_above = left - corner;
  samples to_corner = __builtin_elementwise_abs(to_left + to_above);
  to_left = __builtin_elementwise_abs(to_left);
  to_above = __builtin_elementwise_abs(to_above);
  samples is_above = to_above < to_left;
  samples best = (is_above & above) | (~is_above & left);
  samples is_corner = to_corner < __builtin_elementwise_min(to_above, to_left);
  return (is_corner & corner) | (~is_corner & best);
}

// The pixels of the row and of the one above, as they are read and written. `count` is the number of bytes: four also
// for three samples, except at the end of the row. The fourth byte then belongs to the next pixel, which is written
// later.
typedef struct pixels {
  const uint8_t *filtered;
  const uint8_t *above;
  uint8_t *row;
} pixels;

static inline bytes16 sub(bytes16 left, pixels at, size_t i, size_t count) {
  left += load(at.filtered + i, count);
  store(left, at.row + i, count);
  return left;
}

// Takes and returns the inverse of the left pixel. The inverse of the mean that PNG rounds down is the mean of the
// inverses, rounded up, which is one instruction.
static inline bytes16 average(bytes16 inverse, pixels at, size_t i, size_t count) {
  inverse = rounded_mean(inverse, ~load(at.above + i, count)) - load(at.filtered + i, count);
  store(~inverse, at.row + i, count);
  return inverse;
}

static inline samples predicted(samples left, samples *corner, pixels at, size_t i, size_t count) {
  samples above = widened(load(at.above + i, count));
  samples value = widened(load(at.filtered + i, count)) + paeth(left, above, *corner);
  value &= 0xFF;
  *corner = above;
  store(low_bytes(value), at.row + i, count);
  return value;
}

// `channels` is a constant at each call.
__attribute__((always_inline)) static inline int unfilter(int filter, pixels at, size_t stride, size_t channels) {
  size_t last = stride - channels;
  bytes16 left = {0};
  samples wide_left = {0}, corner = {0};
  switch (filter) {
    case 0: memmove(at.row, at.filtered, stride); return 1;
    case 1:
      for (size_t i = 0; i < last; i += channels) left = sub(left, at, i, 4);
      sub(left, at, last, channels);
      return 1;
    case 2:
      for (size_t i = 0; i < stride; i++) at.row[i] = at.filtered[i] + at.above[i];
      return 1;
    case 3:
      left = ~left;
      for (size_t i = 0; i < last; i += channels) left = average(left, at, i, 4);
      average(left, at, last, channels);
      return 1;
    case 4:
      for (size_t i = 0; i < last; i += channels) wide_left = predicted(wide_left, &corner, at, i, 4);
      predicted(wide_left, &corner, at, last, channels);
      return 1;
    default: return 0;
  }
}

int sb_png_unfilter(int filter, const uint8_t *filtered, const uint8_t *above, uint8_t *row,
                    size_t stride, int channels) {
  pixels at = {.filtered = filtered, .above = above, .row = row};
  return channels == 4 ? unfilter(filter, at, stride, 4) : unfilter(filter, at, stride, 3);
}
