#include "outcome.h"
#include "planes.h"

#include <stdlib.h>
#include <webp/decode.h>

static sb_outcome outcome_of(VP8StatusCode status) {
  switch (status) {
    case VP8_STATUS_OK:
      return sb_outcome_make(SB_OK, "");
    case VP8_STATUS_NOT_ENOUGH_DATA:
    case VP8_STATUS_SUSPENDED:
      return sb_outcome_make(SB_TRUNCATED, "the data ends before the picture does");
    case VP8_STATUS_OUT_OF_MEMORY:
      return sb_outcome_make(SB_MEMORY, "no memory for the WebP decoder");
    case VP8_STATUS_UNSUPPORTED_FEATURE:
      return sb_outcome_make(SB_UNSUPPORTED, "a feature that libwebp does not decode");
    default:
      return sb_outcome_make(SB_DAMAGED, "the bitstream is not valid");
  }
}

static sb_outcome read_header(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                              WebPDecoderConfig *config) {
  if (!WebPInitDecoderConfig(config)) {
    return sb_outcome_make(SB_UNSUPPORTED, "libwebp is of another version than its headers");
  }
  VP8StatusCode status = WebPGetFeatures(data, size, &config->input);
  if (status != VP8_STATUS_OK) return outcome_of(status);
  if ((uint32_t)config->input.width != width || (uint32_t)config->input.height != height) {
    return sb_outcome_make(SB_DAMAGED, "the headers disagree about the size");
  }
  return sb_outcome_make(SB_OK, "");
}

sb_outcome sb_webp_decode(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                          int channels, uint8_t *pixels, size_t stride, size_t capacity) {
  WebPDecoderConfig config;
  sb_outcome header = read_header(data, size, width, height, &config);
  if (header.status != SB_OK) return header;
  config.output.colorspace = channels == 4 ? MODE_RGBA : MODE_RGB;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = pixels;
  config.output.u.RGBA.stride = (int)stride;
  config.output.u.RGBA.size = capacity;
  VP8StatusCode status = WebPDecode(data, size, &config);
  WebPFreeDecBuffer(&config.output);
  return outcome_of(status);
}

// Lossy images have their colours at half of the resolution. So no colour is computed for the pixels that the means
// of a block replace.
static sb_outcome decode_planes(const uint8_t *data, size_t size, uint32_t block,
                                WebPDecoderConfig *config, uint8_t *pixels) {
  config->output.colorspace = MODE_YUV;
  VP8StatusCode status = WebPDecode(data, size, config);
  int is_done = status == VP8_STATUS_OK;
  if (is_done) {
    const WebPYUVABuffer *from = &config->output.u.YUVA;
    sb_planes planes = {from->y, from->u, from->v, (size_t)from->y_stride, (size_t)from->u_stride};
    is_done = sb_planes_to_rgb(&planes, (size_t)config->input.width / block,
                               (size_t)config->input.height / block, block, pixels);
  }
  WebPFreeDecBuffer(&config->output);
  if (status == VP8_STATUS_OK && !is_done) status = VP8_STATUS_OUT_OF_MEMORY;
  return outcome_of(status);
}

sb_outcome sb_webp_decode_means(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                                uint32_t block, uint8_t *pixels, size_t capacity) {
  WebPDecoderConfig config;
  sb_outcome outcome = read_header(data, size, width, height, &config);
  if (outcome.status != SB_OK) return outcome;
  if (block == 0 || block % 2 || width % block || height % block) {
    return sb_outcome_make(SB_UNSUPPORTED, "the blocks do not fit");
  }
  size_t columns = width / block, rows = height / block;
  if (capacity < columns * rows * 3) {
    return sb_outcome_make(SB_UNSUPPORTED, "the blocks do not fit");
  }
  enum { LOSSY = 1 };
  if (config.input.format == LOSSY) return decode_planes(data, size, block, &config, pixels);
  size_t stride = (size_t)width * 3, count = stride * height;
  uint8_t *whole = malloc(count);
  if (whole == NULL) return sb_outcome_make(SB_MEMORY, "no memory for the WebP decoder");
  outcome = sb_webp_decode(data, size, width, height, 3, whole, stride, count);
  if (outcome.status == SB_OK) sb_block_means(whole, columns, rows, block, block, 3, pixels);
  free(whole);
  return outcome;
}
