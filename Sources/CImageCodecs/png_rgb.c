#include "png_rgb.h"

#include "include/CImageCodecs.h"
#include "png_filters.h"
#include "scratch.h"

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

// The compressed rows of a file, and the memory of the thread beside them.
typedef struct compressed {
  const uint8_t *data;
  size_t size;
  // As many bytes as were requested.
  uint8_t *beside;
} compressed;

// Reads all IDAT chunks, which follow each other, up to the chunk after them. If there are several, their data is
// joined behind the `beside` bytes of the thread's memory.
static int read_data(chunks *from, size_t limit, size_t beside, compressed *into) {
  const uint8_t *first = from->payload;
  chunks ahead = *from;
  size_t total = 0;
  int count = 0;
  while (ahead.kind == IDAT) {
    if (ahead.size > limit) return 0;
    total += ahead.size;
    count++;
    if (!read_chunk(&ahead)) return 0;
  }
  *into = (compressed){.data = first, .size = total};
  if (count > 1 || beside > 0) {
    into->beside = sb_scratch(beside + (count > 1 ? total : 0));
    if (into->beside == NULL) return 0;
  }
  if (count > 1) {
    uint8_t *joined = into->beside + beside;
    into->data = joined;
    for (const uint8_t *start = first; count > 0; count--) {
      size_t length = big_endian(start - 8);
      memcpy(joined, start, length);
      joined += length;
      start += length + 12;
    }
  }
  *from = ahead;
  return 1;
}

// zlib refuses a distance beyond the window that the header states. libdeflate does not.
static int window_is_enough(const uint8_t *data, size_t size, size_t inflated) {
  if (size < 2) return 0;
  unsigned bits = (data[0] >> 4) + 8u;
  return bits >= 15 || (size_t)1 << bits >= inflated;
}

static int inflate_rows(compressed rows, uint8_t *into, size_t expected) {
  struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
  if (inflater == NULL) return 0;
  size_t read = 0;
  enum libdeflate_result result =
    libdeflate_zlib_decompress_ex(inflater, rows.data, rows.size, into, expected, &read, NULL);
  libdeflate_free_decompressor(inflater);
  // Without a place for the number of bytes, it fails if they are fewer.
  return result == LIBDEFLATE_SUCCESS && read == rows.size;
}

// The size of the image, and of its rows.
typedef struct shape {
  uint32_t width;
  uint32_t height;
  int channels;
  size_t stride;
  // With the number of the filter before each row.
  size_t inflated;
} shape;

static shape shape_of(uint32_t width, uint32_t height, int channels) {
  size_t stride = (size_t)width * (size_t)channels;
  return (shape){width, height, channels, stride, (stride + 1) * height};
}

// The most bytes of one IDAT chunk: those of rows that are stored without compression, with the headers of zlib and
// of its blocks. libpng accepts at least as many.
static size_t longest_data(shape of) {
  size_t block = of.stride + 1 < 32566 ? of.stride + 1 : 32566;
  return of.inflated + 6 + 5 * (of.inflated / block + 1);
}

// Finds the compressed rows of a file whose chunks are intact.
static int read_file(const uint8_t *data, size_t size, shape of, size_t beside, compressed *rows) {
  static const uint8_t signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  if (size < 8 || memcmp(data, signature, 8) != 0) return 0;
  chunks from = {.next = data + 8, .end = data + size};
  if (!read_chunk(&from) || !header_matches(&from, of.width, of.height, of.channels)) return 0;
  if (!read_next(&from) || from.kind != IDAT) return 0;
  return read_data(&from, longest_data(of), beside, rows) && (!is_skipped(&from) || read_next(&from)) &&
         from.kind == IEND && from.size == 0 &&
         window_is_enough(rows->data, rows->size, of.inflated);
}

// Reverses the filters of `count` rows from `first`, in place: each row moves forward by the filter bytes before it.
// `zeros` is a row.
static int unfilter(uint8_t *pixels, shape of, uint32_t first, uint32_t count,
                    const uint8_t *zeros) {
  for (uint32_t y = first; y < first + count; y++) {
    const uint8_t *filtered = pixels + y * (of.stride + 1);
    uint8_t *row = pixels + y * of.stride;
    const uint8_t *above = y == 0 ? zeros : row - of.stride;
    if (!sb_png_unfilter(*filtered, filtered + 1, above, row, of.stride, of.channels)) return 0;
  }
  return 1;
}

int sb_png_decode_rgb(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                      int channels, uint8_t *pixels, size_t capacity) {
  shape of = shape_of(width, height, channels);
  compressed rows;
  int is_done = capacity >= of.inflated && read_file(data, size, of, 0, &rows) &&
                inflate_rows(rows, pixels, of.inflated);
  sb_scratch_shrink();
  uint8_t *zeros = is_done ? calloc(1, of.stride) : NULL;
  is_done = zeros != NULL && unfilter(pixels, of, 0, height, zeros);
  free(zeros);
  return is_done;
}

// A row of blocks is reduced while its pixels are in the cache of the processor.
static int write_means(uint8_t *rows, shape of, uint32_t across, uint32_t down, uint8_t *means) {
  uint8_t *zeros = calloc(1, of.stride);
  int is_done = zeros != NULL;
  for (uint32_t y = 0; is_done && y < of.height; y += down) {
    is_done = unfilter(rows, of, y, down, zeros);
    if (!is_done) break;
    sb_block_means(rows + y * of.stride, of.width / across, 1, across, down, of.channels, means);
    means += of.stride / across;
  }
  free(zeros);
  return is_done;
}

int sb_png_decode_means(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                        uint32_t across, uint32_t down, uint8_t *pixels) {
  shape of = shape_of(width, height, 3);
  compressed rows;
  int is_done = read_file(data, size, of, of.inflated, &rows) &&
                inflate_rows(rows, rows.beside, of.inflated) &&
                write_means(rows.beside, of, across, down, pixels);
  sb_scratch_shrink();
  return is_done;
}
