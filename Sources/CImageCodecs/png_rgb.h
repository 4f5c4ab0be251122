#ifndef SB_PNG_RGB_H
#define SB_PNG_RGB_H
#include <stddef.h>
#include <stdint.h>

/// Decodes an intact PNG of the most common kind: 8-bit RGB or RGBA without interlacing, into 3 or 4
/// channels as stored. libdeflate inflates it, in half the time that zlib takes.
/// `capacity` includes one byte for each row, for the filters.
/// Returns 0 if anything is unusual. Then libpng must decode the file, and judge it.
int sb_png_decode_rgb(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                      int channels, uint8_t *pixels, size_t capacity);

#endif
