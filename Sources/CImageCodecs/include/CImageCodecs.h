#ifndef C_IMAGE_CODECS_H
#define C_IMAGE_CODECS_H
#include <stddef.h>
#include <stdint.h>

// The codecs behind one plain interface: the caller owns every pixel buffer, its size is checked
// here, nothing stays allocated after a failure, and no longjmp ever crosses into Swift.

typedef enum sb_status {
  SB_OK = 0,
  SB_TRUNCATED = 1,    // the data ends before the picture does
  SB_DAMAGED = 2,      // the data contradicts itself
  SB_UNSUPPORTED = 3,  // sound, but of a kind that the codec does not decode
  SB_MEMORY = 4,
} sb_status;

typedef struct sb_outcome {
  sb_status status;
  char message[200];  // the codec's own words, NUL-terminated
} sb_outcome;

/// Bytes that a function here allocated; given back with sb_release.
typedef struct sb_bytes {
  uint8_t *data;
  size_t size;
} sb_bytes;

void sb_release(sb_bytes *bytes);

/// Decodes a JPEG to its end marker into RGB, `eighths` (1, 2, 4 or 8) of its size. `width` and
/// `height` are those of the whole picture; rows are ceil(width * eighths / 8) * 3 bytes.
sb_outcome sb_jpeg_decode(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                          int eighths, uint8_t *pixels, size_t capacity);

/// Encodes RGB as a baseline JPEG. `full_chroma`: 4:4:4 instead of 4:2:0.
sb_outcome sb_jpeg_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int quality,
                          int full_chroma, sb_bytes *encoded);

/// Decodes a PNG to its IEND into `channels` (3 or 4) of 8 bits.
sb_outcome sb_png_decode(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                         int channels, uint8_t *pixels, size_t capacity);

/// Encodes `channels` (3 or 4) of 8 bits as a PNG, zlib `level` 0 to 9.
sb_outcome sb_png_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int channels,
                         int level, sb_bytes *encoded);

/// Decodes a still WebP into `channels` (3 or 4), rows `stride` bytes apart.
sb_outcome sb_webp_decode(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                          int channels, uint8_t *pixels, size_t stride, size_t capacity);

/// Encodes `channels` (3 or 4) as a WebP: lossy at `quality` 0 to 100, or lossless.
sb_outcome sb_webp_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int channels,
                          float quality, int lossless, sb_bytes *encoded);

/// Inflates zlib or gzip data; SB_UNSUPPORTED when the result would be larger than `limit`.
sb_outcome sb_inflate(const uint8_t *data, size_t size, size_t limit, sb_bytes *inflated);

/// Compresses as zlib, or as gzip.
sb_outcome sb_deflate(const uint8_t *data, size_t size, int gzip, sb_bytes *deflated);

/// CRC-32 as PNG uses it, carried on from `crc` (0 to begin).
uint32_t sb_crc32(uint32_t crc, const uint8_t *data, size_t size);

#endif
