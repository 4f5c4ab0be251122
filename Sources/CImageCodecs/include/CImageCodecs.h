#ifndef C_IMAGE_CODECS_H
#define C_IMAGE_CODECS_H
#include <stddef.h>
#include <stdint.h>

// The codecs with one simple interface. The caller owns every pixel buffer, and its size is checked
// here. After a failure, nothing stays allocated. A longjmp never enters Swift code.

typedef enum sb_status {
  SB_OK = 0,
  SB_TRUNCATED = 1,    // the data ends before the image does
  SB_DAMAGED = 2,      // the data contradicts itself
  SB_UNSUPPORTED = 3,  // valid, but of a kind that the codec does not decode
  SB_MEMORY = 4,
  SB_NO_LIBRARY = 5,   // the codec is not installed; the message names Debian's packages
} sb_status;

typedef struct sb_outcome {
  sb_status status;
  char message[200];  // the codec's own message, NUL-terminated
} sb_outcome;

/// Bytes that a function here allocated; the caller frees them with sb_release.
typedef struct sb_bytes {
  uint8_t *data;
  size_t size;
} sb_bytes;

void sb_release(sb_bytes *bytes);

/// Decodes a JPEG up to its end marker into RGB, at `eighths` (1, 2, 4 or 8) eighths of its size.
/// `width` and `height` are those of the whole image; rows are ceil(width * eighths / 8) * 3 bytes.
sb_outcome sb_jpeg_decode(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                          int eighths, uint8_t *pixels, size_t capacity);

/// Encodes RGB as a baseline JPEG. `full_chroma` selects 4:4:4 instead of 4:2:0. `own_tables` makes Huffman
/// tables for these pixels instead of using the standard ones.
sb_outcome sb_jpeg_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int quality,
                          int full_chroma, int own_tables, sb_bytes *encoded);

/// Decodes a PNG up to its IEND into `channels` (3 or 4) of 8 bits. With a `capacity` of one byte
/// more for each row than the pixels have, an intact 8-bit RGB or RGBA file is decoded faster.
sb_outcome sb_png_decode(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                         int channels, uint8_t *pixels, size_t capacity);

/// Decodes an intact 8-bit RGB PNG without interlacing to one pixel for each block of `across × down` pixels, which
/// divide both sides: their rounded mean. Returns 0 for all other files.
int sb_png_decode_means(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                        uint32_t across, uint32_t down, uint8_t *pixels);

/// The same as sb_png_decode() with libpng alone, which decides about every file that is not intact.
sb_outcome sb_png_decode_by_libpng(const uint8_t *data, size_t size, uint32_t width,
                                   uint32_t height, int channels, uint8_t *pixels,
                                   size_t capacity);

/// Encodes `channels` (3 or 4) of 8 bits as a PNG with zlib `level` 0 to 9.
sb_outcome sb_png_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int channels,
                         int level, sb_bytes *encoded);

/// Decodes a WebP without animation into `channels` (3 or 4), with rows `stride` bytes apart.
sb_outcome sb_webp_decode(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                          int channels, uint8_t *pixels, size_t stride, size_t capacity);

/// Decodes an opaque WebP without animation into RGB, one pixel for each block of `block × block` pixels: their mean.
/// `block` is even and divides both sides.
sb_outcome sb_webp_decode_means(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                                uint32_t block, uint8_t *pixels, size_t capacity);

/// Encodes `channels` (3 or 4) as a WebP: lossy at `quality` 0 to 100, or lossless.
sb_outcome sb_webp_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int channels,
                          float quality, int lossless, sb_bytes *encoded);

/// The properties of an image, as its file states them.
typedef struct sb_info {
  uint32_t width;
  uint32_t height;
  int has_alpha;
  int bit_depth;
  int has_profile;
  int is_animated;
} sb_info;

typedef enum sb_metadata_kind { SB_EXIF = 0, SB_XMP = 1 } sb_metadata_kind;

/// Returns whether the library for HEIC and AVIF, JPEG XL or GIF is installed.
int sb_heif_is_available(void);
int sb_jxl_is_available(void);
int sb_gif_is_available(void);

/// Reads the displayed size of a HEIC or AVIF, after rotation and cropping.
sb_outcome sb_heif_read(const uint8_t *data, size_t size, sb_info *info);

/// Decodes the main image of a HEIC or AVIF into `channels` (3 or 4) of 8 bits. Alpha is not premultiplied.
sb_outcome sb_heif_decode(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                          int channels, uint8_t *pixels, size_t capacity);

/// Finds the metadata of a kind in a HEIC or AVIF; no bytes if there is none within `limit`.
sb_outcome sb_heif_metadata(const uint8_t *data, size_t size, sb_metadata_kind kind, size_t limit,
                            sb_bytes *found);

/// Reads the displayed size of a JPEG XL.
sb_outcome sb_jxl_read(const uint8_t *data, size_t size, sb_info *info);

/// Decodes a JPEG XL, or the first frame of an animation, into `channels` (3 or 4) of 8 bits. Alpha is not
/// premultiplied. A lossy image is converted to sRGB, if it is not HDR.
sb_outcome sb_jxl_decode(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                         int channels, uint8_t *pixels, size_t capacity);

/// Finds the metadata of a kind in a JPEG XL; no bytes if there is none within `limit`.
sb_outcome sb_jxl_metadata(const uint8_t *data, size_t size, sb_metadata_kind kind, size_t limit,
                           sb_bytes *found);

/// Decodes the first frame of a GIF into RGBA; the area around the frame is transparent.
sb_outcome sb_gif_decode(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                         uint8_t *pixels, size_t capacity);

/// Inflates zlib or gzip data; SB_UNSUPPORTED if the result would be larger than `limit`. After a failure, `inflated`
/// has no data, and its size is the number of bytes that were inflated before.
sb_outcome sb_inflate(const uint8_t *data, size_t size, size_t limit, sb_bytes *inflated);

/// Compresses data as zlib or gzip.
sb_outcome sb_deflate(const uint8_t *data, size_t size, int gzip, sb_bytes *deflated);

/// Returns the CRC-32 of PNG, continued from `crc` (0 at the start).
uint32_t sb_crc32(uint32_t crc, const uint8_t *data, size_t size);

/// The source values of each target of a resize along one axis. Target `i` is the sum of `taps` values from
/// `starts[i]`, each multiplied by its weight. The weights of a target add up to 2^14. `taps` is even. A weight
/// beyond the source is 0.
typedef struct sb_resample_weights {
  const ptrdiff_t *starts;
  const int16_t *weights;
  size_t count;
  size_t taps;
} sb_resample_weights;

/// Resamples `height` rows of `stride` bytes to `weights->count` rows.
void sb_resample_rows(const uint8_t *pixels, size_t stride, size_t height,
                      const sb_resample_weights *weights, uint8_t *into);

/// Returns the bytes of `scratch` beyond a row.
static inline size_t sb_resample_margin(size_t taps) { return 4 * (taps + 1); }

/// Resamples rows of `stride` bytes, with `channels` (3 or 4), to `weights->count` pixels each. `scratch` holds a row
/// and sb_resample_margin() bytes more.
void sb_resample_columns(const uint8_t *pixels, size_t stride, size_t height, int channels,
                         const sb_resample_weights *weights, uint8_t *scratch, uint8_t *into);

/// Writes the rounded means of `columns × rows` blocks of `across × down` pixels with `channels` (3 or 4).
/// A block has less than 2^23 pixels.
void sb_block_means(const uint8_t *pixels, size_t columns, size_t rows, size_t across, size_t down,
                    int channels, uint8_t *into);

#endif
