#include "include/CImageCodecs.h"

#include <string.h>

// Vectors of GCC and Clang, which compile for every processor. On x86-64 they become SSE2 instructions, which all
// of these processors have.
typedef uint8_t bytes4 __attribute__((vector_size(4)));
typedef uint8_t bytes16 __attribute__((vector_size(16)));
typedef uint8_t bytes8 __attribute__((vector_size(8)));
typedef int16_t shorts4 __attribute__((vector_size(8)));
typedef int16_t shorts8 __attribute__((vector_size(16)));
typedef int32_t words4 __attribute__((vector_size(16)));
typedef int32_t words8 __attribute__((vector_size(32)));
typedef float floats4 __attribute__((vector_size(16)));

enum { WEIGHT_BITS = 14, TILE = 16 };

// Multiplies eight values and adds the products of neighbours: one instruction on x86-64.
static inline words4 multiply_add(shorts8 values, shorts8 weights) {
  words8 products =
    __builtin_convertvector(values, words8) * __builtin_convertvector(weights, words8);
  return __builtin_shufflevector(products, products, 0, 2, 4, 6) +
         __builtin_shufflevector(products, products, 1, 3, 5, 7);
}

static inline shorts8 pair_of_weights(const int16_t *weights) {
  int16_t a = weights[0], b = weights[1];
  return (shorts8){a, b, a, b, a, b, a, b};
}

// Divides sums by 2^14, and limits the result to 0…255.
static inline shorts4 rounded(words4 sums) {
  words4 values = sums >> WEIGHT_BITS;
  values &= values > 0;
  words4 is_large = values > 255;
  return __builtin_convertvector((values & ~is_large) | (is_large & 255), shorts4);
}

static inline bytes16 load16(const uint8_t *from) {
  bytes16 loaded;
  memcpy(&loaded, from, sizeof loaded);
  return loaded;
}

// Resamples 16 values of a target row.
static inline void resample_tile(const uint8_t *top, size_t stride, size_t rows,
                                 const int16_t *weights, size_t taps, uint8_t *into) {
  words4 sums[4];
  for (int i = 0; i < 4; i++) sums[i] = (words4){0} + (1 << (WEIGHT_BITS - 1));
  for (size_t tap = 0; tap < taps; tap += 2) {
    // Two rows at once, their values in turn. After the last row, the weight is 0. The row only has to exist.
    size_t first = tap < rows ? tap : rows - 1, second = tap + 1 < rows ? tap + 1 : rows - 1;
    bytes16 a = load16(top + first * stride), b = load16(top + second * stride);
    bytes16 low = __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    bytes16 high = __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30,
                                           15, 31);
    shorts8 pair = pair_of_weights(weights + tap);
    bytes16 parts[2] = {low, high};
    for (int i = 0; i < 2; i++) {
      bytes8 left = __builtin_shufflevector(parts[i], parts[i], 0, 1, 2, 3, 4, 5, 6, 7);
      bytes8 right = __builtin_shufflevector(parts[i], parts[i], 8, 9, 10, 11, 12, 13, 14, 15);
      sums[2 * i] += multiply_add(__builtin_convertvector(left, shorts8), pair);
      sums[2 * i + 1] += multiply_add(__builtin_convertvector(right, shorts8), pair);
    }
  }
  for (int i = 0; i < 4; i++) {
    bytes4 values = __builtin_convertvector(rounded(sums[i]), bytes4);
    memcpy(into + 4 * i, &values, 4);
  }
}

// The same for less than 16 values.
static void resample_rest(const uint8_t *top, size_t stride, size_t rows, const int16_t *weights,
                          size_t taps, size_t count, uint8_t *into) {
  for (size_t i = 0; i < count; i++) {
    int32_t sum = 1 << (WEIGHT_BITS - 1);
    for (size_t tap = 0; tap < taps && tap < rows; tap++) {
      sum += weights[tap] * top[tap * stride + i];
    }
    sum >>= WEIGHT_BITS;
    into[i] = (uint8_t)(sum < 0 ? 0 : sum > 255 ? 255 : sum);
  }
}

void sb_resample_rows(const uint8_t *pixels, size_t stride, size_t height,
                      const sb_resample_weights *weights, uint8_t *into) {
  for (size_t y = 0; y < weights->count; y++) {
    size_t start = (size_t)weights->starts[y];
    const uint8_t *top = pixels + start * stride;
    const int16_t *own = weights->weights + y * weights->taps;
    uint8_t *row = into + y * stride;
    if (stride < TILE) {
      resample_rest(top, stride, height - start, own, weights->taps, stride, row);
      continue;
    }
    for (size_t x = 0; x < stride; x += TILE) {
      // The last tile overlaps the one before it.
      size_t left = x + TILE <= stride ? x : stride - TILE;
      resample_tile(top + left, stride, height - start, own, weights->taps, row + left);
    }
  }
}

static inline bytes4 load4(const uint8_t *from) {
  bytes4 loaded;
  memcpy(&loaded, from, sizeof loaded);
  return loaded;
}

// `channels` is a constant at each call.
static inline void resample_row(const uint8_t *row, const sb_resample_weights *weights, uint8_t *into,
                                size_t channels) {
  for (size_t x = 0; x < weights->count; x++) {
    const uint8_t *from = row + (size_t)weights->starts[x] * channels;
    const int16_t *own = weights->weights + x * weights->taps;
    words4 sums = (words4){0} + (1 << (WEIGHT_BITS - 1));
    for (size_t tap = 0; tap < weights->taps; tap += 2) {
      // Two pixels at once, their samples in turn.
      bytes4 a = load4(from + tap * channels), b = load4(from + (tap + 1) * channels);
      bytes8 both = __builtin_shufflevector(a, b, 0, 4, 1, 5, 2, 6, 3, 7);
      sums += multiply_add(__builtin_convertvector(both, shorts8), pair_of_weights(own + tap));
    }
    bytes4 values = __builtin_convertvector(rounded(sums), bytes4);
    memcpy(into + x * channels, &values, channels);
  }
}

void sb_resample_columns(const uint8_t *pixels, size_t stride, size_t height, int channels,
                         const sb_resample_weights *weights, uint8_t *scratch, uint8_t *into) {
  memset(scratch + stride, 0, sb_resample_margin(weights->taps));
  size_t target = weights->count * (size_t)channels;
  for (size_t y = 0; y < height; y++) {
    // A copy with a margin, because values beyond the end of the row are read. They have the weight 0.
    memcpy(scratch, pixels + y * stride, stride);
    if (channels == 4) resample_row(scratch, weights, into + y * target, 4);
    else resample_row(scratch, weights, into + y * target, 3);
  }
}

// Adds the pixels of a block. `channels` is a constant at each call. With `is_last`, no byte beyond the block is read.
static inline words4 sum_of_block(const uint8_t *from, size_t stride, size_t across, size_t down,
                                  size_t channels, int is_last) {
  words4 total = {0};
  for (size_t y = 0; y < down; y++, from += stride) {
    const uint8_t *pixel = from;
    // So few that their sum fits into 16 bits.
    for (size_t left = across; left > 0;) {
      size_t count = left < 128 ? left : 128;
      left -= count;
      shorts4 part = {0};
      for (; count > 0; count--, pixel += channels) {
        bytes4 loaded = {0};
        memcpy(&loaded, pixel, is_last ? channels : 4);
        part += __builtin_convertvector(loaded, shorts4);
      }
      total += __builtin_convertvector(part, words4);
    }
  }
  return total;
}

// Divides the sums of a block by its area. Up to this area, the product with the reciprocal is exact: the half
// keeps it further from a whole number than its rounding errors.
enum { LARGEST_EXACT_AREA = 4096 };

static inline bytes4 mean_of_block(words4 sums, uint32_t area) {
  sums += (int32_t)(area / 2);
  if (area > LARGEST_EXACT_AREA) {
    for (int i = 0; i < 4; i++) sums[i] = (int32_t)((uint32_t)sums[i] / area);
  } else {
    floats4 exact = (__builtin_convertvector(sums, floats4) + 0.5f) * (1.0f / (float)area);
    sums = __builtin_convertvector(exact, words4);
  }
  return __builtin_convertvector(__builtin_convertvector(sums, shorts4), bytes4);
}

static inline void block_means(const uint8_t *pixels, size_t columns, size_t rows, size_t across,
                               size_t down, size_t channels, uint8_t *into) {
  size_t stride = columns * across * channels;
  uint32_t area = (uint32_t)(across * down);
  for (size_t y = 0; y < rows; y++, pixels += stride * down) {
    const uint8_t *from = pixels;
    // The last pixel of the image has no byte after it.
    size_t inner = y + 1 < rows ? columns : columns - 1;
    for (size_t x = 0; x < columns; x++, from += across * channels, into += channels) {
      words4 sums = x < inner ? sum_of_block(from, stride, across, down, channels, 0)
                              : sum_of_block(from, stride, across, down, channels, 1);
      bytes4 mean = mean_of_block(sums, area);
      memcpy(into, &mean, channels);
    }
  }
}

void sb_block_means(const uint8_t *pixels, size_t columns, size_t rows, size_t across, size_t down,
                    int channels, uint8_t *into) {
  if (channels == 4) block_means(pixels, columns, rows, across, down, 4, into);
  else if (across == 2 && down == 2) block_means(pixels, columns, rows, 2, 2, 3, into);
  else block_means(pixels, columns, rows, across, down, 3, into);
}
