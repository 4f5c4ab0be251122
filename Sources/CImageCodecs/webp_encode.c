#include "outcome.h"

#include <stdlib.h>
#include <string.h>
#include <webp/encode.h>

static sb_outcome encode(WebPPicture *picture, const WebPConfig *config, const uint8_t *pixels,
                         int channels) {
  int stride = picture->width * channels;
  int taken = channels == 4 ? WebPPictureImportRGBA(picture, pixels, stride)
                            : WebPPictureImportRGB(picture, pixels, stride);
  if (!taken) return sb_outcome_make(SB_MEMORY, "no memory for the WebP encoder");
  if (!WebPEncode(config, picture)) {
    return sb_outcome_make(SB_UNSUPPORTED, "libwebp could not encode the picture");
  }
  return sb_outcome_make(SB_OK, "");
}

sb_outcome sb_webp_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int channels,
                          float quality, int lossless, sb_bytes *encoded) {
  WebPConfig config;
  WebPPicture picture;
  if (!WebPConfigPreset(&config, WEBP_PRESET_DEFAULT, quality) || !WebPPictureInit(&picture)) {
    return sb_outcome_make(SB_UNSUPPORTED, "libwebp is of another version than its headers");
  }
  if (width > WEBP_MAX_DIMENSION || height > WEBP_MAX_DIMENSION) {
    return sb_outcome_make(SB_UNSUPPORTED, "WebP has at most 16383 pixels a side");
  }
  WebPMemoryWriter writer;
  WebPMemoryWriterInit(&writer);
  config.lossless = lossless;
  config.exact = lossless;
  picture.use_argb = lossless;
  picture.width = (int)width;
  picture.height = (int)height;
  picture.writer = WebPMemoryWrite;
  picture.custom_ptr = &writer;

  sb_outcome outcome = encode(&picture, &config, pixels, channels);
  WebPPictureFree(&picture);
  if (outcome.status == SB_OK) {
    // libwebp may have another allocator, but sb_release calls free().
    encoded->data = malloc(writer.size);
    encoded->size = writer.size;
    if (encoded->data) memcpy(encoded->data, writer.mem, writer.size);
    else outcome = sb_outcome_make(SB_MEMORY, "no memory for the WebP");
  }
  WebPMemoryWriterClear(&writer);
  return outcome;
}
