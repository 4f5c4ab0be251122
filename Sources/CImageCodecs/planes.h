#ifndef SB_PLANES_H
#define SB_PLANES_H
#include <stddef.h>
#include <stdint.h>

/// Luma and chroma of an image, each in rows of its own. Chroma has half the width and height.
typedef struct sb_planes {
  const uint8_t *y;
  const uint8_t *u;
  const uint8_t *v;
  size_t y_stride;
  size_t uv_stride;
} sb_planes;

/// Reduces blocks of `block × block` pixels to their means, and converts those to RGB as libwebp does. `block` is
/// even and less than 4096. Returns 0 if memory cannot be allocated.
int sb_planes_to_rgb(const sb_planes *planes, size_t columns, size_t rows, size_t block,
                     uint8_t *rgb);

#endif
