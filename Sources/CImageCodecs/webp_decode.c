#include "outcome.h"

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

sb_outcome sb_webp_decode(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                          int channels, uint8_t *pixels, size_t stride, size_t capacity) {
  WebPDecoderConfig config;
  if (!WebPInitDecoderConfig(&config)) {
    return sb_outcome_make(SB_UNSUPPORTED, "libwebp is of another version than its headers");
  }
  VP8StatusCode status = WebPGetFeatures(data, size, &config.input);
  if (status != VP8_STATUS_OK) return outcome_of(status);
  if ((uint32_t)config.input.width != width || (uint32_t)config.input.height != height) {
    return sb_outcome_make(SB_DAMAGED, "the headers disagree about the size");
  }
  config.output.colorspace = channels == 4 ? MODE_RGBA : MODE_RGB;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = pixels;
  config.output.u.RGBA.stride = (int)stride;
  config.output.u.RGBA.size = capacity;
  status = WebPDecode(data, size, &config);
  WebPFreeDecBuffer(&config.output);
  return outcome_of(status);
}
