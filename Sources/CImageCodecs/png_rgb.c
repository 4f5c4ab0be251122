#include "png_rgb.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

// The chunks of a file; the kind is that of the current one.
typedef struct chunks {
  const uint8_t *next;
  const uint8_t *end;
  const uint8_t *payload;
  size_t size;
  uint32_t kind;
} chunks;

enum { IHDR = 0x49484452, IDAT = 0x49444154, IEND = 0x49454E44, tRNS = 0x74524E53 };

// libpng refuses a chunk that is longer than its own limit of 8 MB.
enum { MAX_OTHER_CHUNK = 1 << 20 };

static uint32_t big_endian(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

// Reads a chunk and checks its sum. Returns 0 if it is damaged or not complete.
static int read_chunk(chunks *from) {
  size_t left = (size_t)(from->end - from->next);
  if (left < 12) return 0;
  from->size = big_endian(from->next);
  if (from->size > left - 12) return 0;
  from->kind = big_endian(from->next + 4);
  from->payload = from->next + 8;
  uint32_t sum = libdeflate_crc32(0, from->next + 4, from->size + 4);
  from->next = from->payload + from->size + 4;
  return sum == big_endian(from->payload + from->size);
}

// A chunk that libpng skips too: its name has four letters, the first one is small, and it does not
// change the pixels.
static int is_skipped(const chunks *from) {
  for (int i = 0; i < 4; i++) {
    unsigned letter = from->kind >> 8 * i & 0xFF & ~0x20u;
    if (letter < 'A' || letter > 'Z') return 0;
  }
  return (from->kind >> 29 & 1) && from->kind != tRNS && from->size <= MAX_OTHER_CHUNK;
}

// Goes to the first chunk that is not skipped.
static int read_next(chunks *from) {
  do {
    if (!read_chunk(from)) return 0;
  } while (is_skipped(from));
  return 1;
}

static int header_matches(const chunks *from, uint32_t width, uint32_t height, int channels) {
  static const uint8_t plain[3] = {0, 0, 0};
  const uint8_t *payload = from->payload;
  return from->kind == IHDR && from->size == 13 && big_endian(payload) == width &&
         big_endian(payload + 4) == height && payload[8] == 8 &&
         payload[9] == (channels == 4 ? 6 : 2) && memcmp(payload + 10, plain, 3) == 0;
}

// Reads all IDAT chunks, which follow each other, up to the chunk after them. The result is allocated
// if there are several.
static const uint8_t *read_data(chunks *from, size_t limit, uint8_t **allocated, size_t *size) {
  const uint8_t *first = from->payload;
  chunks ahead = *from;
  size_t total = 0;
  int count = 0;
  while (ahead.kind == IDAT) {
    // libpng has a limit like this one.
    if (ahead.size > limit) return NULL;
    total += ahead.size;
    count++;
    if (!read_chunk(&ahead)) return NULL;
  }
  *size = total;
  if (count > 1) {
    uint8_t *joined = *allocated = malloc(total + 1);
    if (joined == NULL) return NULL;
    for (const uint8_t *start = first; count > 0; count--) {
      size_t length = big_endian(start - 8);
      memcpy(joined, start, length);
      joined += length;
      start += length + 12;
    }
    first = *allocated;
  }
  *from = ahead;
  return first;
}

// zlib refuses a distance beyond the window that the header states. libdeflate does not.
static int window_is_enough(const uint8_t *data, size_t size, size_t inflated) {
  if (size < 2) return 0;
  unsigned bits = (data[0] >> 4) + 8u;
  return bits >= 15 || (size_t)1 << bits >= inflated;
}

// The samples of one pixel, as the compiler keeps them in one register.
typedef int16_t samples __attribute__((vector_size(8)));
typedef uint8_t bytes __attribute__((vector_size(4)));

static inline samples load(const uint8_t *from, size_t channels) {
  bytes stored = {0};
  memcpy(&stored, from, channels);
  return __builtin_convertvector(stored, samples);
}

// Keeps the low 8 bits.
static inline samples store(samples pixel, uint8_t *into, size_t channels) {
  bytes stored = __builtin_convertvector(pixel, bytes);
  memcpy(into, &stored, channels);
  return pixel & 0xFF;
}

static inline samples choose(samples mask, samples yes, samples no) {
  return (mask & yes) | (~mask & no);
}

static inline samples magnitude(samples value) { return choose(value < 0, -value, value); }

static inline samples paeth(samples left, samples above, samples corner) {
  samples to_left = above - corner, to_above = left - corner;
  samples to_corner = magnitude(to_left + to_above);
  to_left = magnitude(to_left);
  to_above = magnitude(to_above);
  samples best = choose(to_above < to_left, above, left);
  samples least = choose(to_above < to_left, to_above, to_left);
  return choose(to_corner < least, corner, best);
}

// Reverses the filter of a row (PNG 3, 9.2). `row` is at most where `filtered` is, or before it.
// `channels` is a constant at each call.
static inline int unfilter(int filter, const uint8_t *filtered, const uint8_t *above, uint8_t *row,
                           size_t stride, size_t channels) {
  samples left = {0}, corner = {0};
  switch (filter) {
    case 0: memmove(row, filtered, stride); return 1;
    case 1:
      for (size_t i = 0; i < stride; i += channels) {
        left = store(load(filtered + i, channels) + left, row + i, channels);
      }
      return 1;
    case 2:
      for (size_t i = 0; i < stride; i++) row[i] = filtered[i] + above[i];
      return 1;
    case 3:
      for (size_t i = 0; i < stride; i += channels) {
        samples mean = (left + load(above + i, channels)) >> 1;
        left = store(load(filtered + i, channels) + mean, row + i, channels);
      }
      return 1;
    case 4:
      for (size_t i = 0; i < stride; i += channels) {
        samples upper = load(above + i, channels);
        samples value = load(filtered + i, channels) + paeth(left, upper, corner);
        left = store(value, row + i, channels);
        corner = upper;
      }
      return 1;
    default: return 0;
  }
}

static int unfilter_all(uint8_t *pixels, uint32_t height, size_t stride, size_t channels,
                        const uint8_t *zeros) {
  const uint8_t *above = zeros;
  for (uint32_t y = 0; y < height; y++) {
    // Each row moves forward by the filter bytes before it.
    const uint8_t *filtered = pixels + y * (stride + 1);
    uint8_t *row = pixels + y * stride;
    int filter = *filtered++;
    int done = channels == 4 ? unfilter(filter, filtered, above, row, stride, 4)
                             : unfilter(filter, filtered, above, row, stride, 3);
    if (!done) return 0;
    above = row;
  }
  return 1;
}

static int inflate_rows(const uint8_t *data, size_t size, uint8_t *rows, size_t expected) {
  struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
  if (inflater == NULL) return 0;
  size_t read = 0;
  enum libdeflate_result result =
    libdeflate_zlib_decompress_ex(inflater, data, size, rows, expected, &read, NULL);
  libdeflate_free_decompressor(inflater);
  // Without a place for the number of bytes, it fails if they are fewer.
  return result == LIBDEFLATE_SUCCESS && read == size;
}

int sb_png_decode_rgb(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                      int channels, uint8_t *pixels, size_t capacity) {
  static const uint8_t signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  size_t stride = (size_t)width * (size_t)channels, inflated = (stride + 1) * height;
  if (size < 8 || memcmp(data, signature, 8) != 0 || capacity < inflated) return 0;
  chunks from = {.next = data + 8, .end = data + size};
  if (!read_chunk(&from) || !header_matches(&from, width, height, channels)) return 0;
  if (!read_next(&from) || from.kind != IDAT) return 0;
  uint8_t *allocated = NULL;
  size_t compressed = 0;
  const uint8_t *rows = read_data(&from, inflated, &allocated, &compressed);
  int is_done = rows != NULL && (!is_skipped(&from) || read_next(&from)) && from.kind == IEND &&
                from.size == 0 && window_is_enough(rows, compressed, inflated) &&
                inflate_rows(rows, compressed, pixels, inflated);
  free(allocated);
  uint8_t *zeros = is_done ? calloc(1, stride) : NULL;
  is_done = zeros != NULL && unfilter_all(pixels, height, stride, (size_t)channels, zeros);
  free(zeros);
  return is_done;
}
