#include "optional_libraries.h"

#include <jxl/decode.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define JXL(USE) \
  USE(JxlDecoderCreate) USE(JxlDecoderDestroy) USE(JxlDecoderSubscribeEvents) \
  USE(JxlDecoderSetInput) USE(JxlDecoderCloseInput) USE(JxlDecoderProcessInput) \
  USE(JxlDecoderGetBasicInfo) USE(JxlDecoderImageOutBufferSize) \
  USE(JxlDecoderSetImageOutBuffer) USE(JxlDecoderGetICCProfileSize) \
  USE(JxlDecoderSetDecompressBoxes) USE(JxlDecoderGetBoxType) USE(JxlDecoderSetBoxBuffer) \
  USE(JxlDecoderReleaseBoxBuffer) USE(JxlDecoderSetUnpremultiplyAlpha) \
  USE(JxlDecoderSetPreferredColorProfile)

static struct { JXL(SB_FIELD) } lib;
static const char *const names[] = {JXL(SB_NAME)};
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int is_open;

/// Opens Debian's library, in any version whose functions have the signatures used here, oldest
/// first.
static void open_library(void) {
  static const char *const files[] = {"libjxl.so.0.7", "libjxl.so.0.11", "libjxl.so.0.10",
                                      "libjxl.so.0.9", "libjxl.so.0.8"};
  for (size_t i = 0; i < sizeof files / sizeof *files && !is_open; i++) {
    is_open = sb_library_open(files[i], names, (void **)&lib, sizeof names / sizeof *names);
  }
}

int sb_jxl_is_available(void) {
  pthread_once(&once, open_library);
  return is_open;
}

static sb_outcome truncated(void) {
  return sb_outcome_make(SB_TRUNCATED, "the data ends before the picture does");
}

static sb_outcome damaged(void) {
  return sb_outcome_make(SB_DAMAGED, "the bitstream is not valid");
}

static sb_outcome enter(const uint8_t *data, size_t size, int events, JxlDecoder **decoder) {
  *decoder = NULL;
  pthread_once(&once, open_library);
  if (!is_open) return sb_outcome_make(SB_NO_LIBRARY, "libjxl0.7");
  *decoder = lib.JxlDecoderCreate(NULL);
  if (*decoder == NULL) return sb_outcome_make(SB_MEMORY, "no memory for the JPEG XL decoder");
  if (lib.JxlDecoderSubscribeEvents(*decoder, events) != JXL_DEC_SUCCESS ||
      lib.JxlDecoderSetInput(*decoder, data, size) != JXL_DEC_SUCCESS) {
    return damaged();
  }
  lib.JxlDecoderCloseInput(*decoder);
  return sb_outcome_make(SB_OK, "");
}

static void leave(JxlDecoder *decoder) {
  if (decoder) lib.JxlDecoderDestroy(decoder);
}

sb_outcome sb_jxl_read(const uint8_t *data, size_t size, sb_info *info) {
  JxlDecoder *decoder;
  sb_outcome outcome = enter(data, size, JXL_DEC_BASIC_INFO, &decoder);
  if (outcome.status == SB_OK) {
    JxlBasicInfo basic;
    JxlDecoderStatus status = lib.JxlDecoderProcessInput(decoder);
    if (status == JXL_DEC_BASIC_INFO &&
        lib.JxlDecoderGetBasicInfo(decoder, &basic) == JXL_DEC_SUCCESS) {
      info->width = basic.xsize;
      info->height = basic.ysize;
      info->has_alpha = basic.alpha_bits > 0;
      info->bit_depth = basic.bits_per_sample > 16 ? 16 : (int)basic.bits_per_sample;
      info->is_animated = basic.have_animation;
    } else {
      outcome = status == JXL_DEC_NEED_MORE_INPUT ? truncated() : damaged();
    }
  }
  leave(decoder);
  return outcome;
}

/// Selects sRGB for the pixels of a lossy image.
///
/// If its original profile is an ICC profile, the decoder would return linear light. The values of an
/// HDR image are kept, because without tone mapping they would be much too dark.
static void prefer_srgb(JxlDecoder *decoder, const JxlBasicInfo *basic) {
  if (basic->uses_original_profile || basic->intensity_target > 255) return;
  JxlColorEncoding srgb = {0};
  srgb.color_space = basic->num_color_channels == 1 ? JXL_COLOR_SPACE_GRAY : JXL_COLOR_SPACE_RGB;
  srgb.white_point = JXL_WHITE_POINT_D65;
  srgb.primaries = JXL_PRIMARIES_SRGB;
  srgb.transfer_function = JXL_TRANSFER_FUNCTION_SRGB;
  srgb.rendering_intent = JXL_RENDERING_INTENT_RELATIVE;
  // It is only a preference: a decoder that refuses it still returns the image.
  lib.JxlDecoderSetPreferredColorProfile(decoder, &srgb);
}

sb_outcome sb_jxl_decode(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                         int channels, uint8_t *pixels, size_t capacity) {
  JxlDecoder *decoder;
  sb_outcome outcome = enter(
      data, size, JXL_DEC_BASIC_INFO | JXL_DEC_COLOR_ENCODING | JXL_DEC_FULL_IMAGE, &decoder);
  if (outcome.status == SB_OK && channels == 4 &&
      lib.JxlDecoderSetUnpremultiplyAlpha(decoder, JXL_TRUE) != JXL_DEC_SUCCESS) {
    outcome = damaged();
  }
  JxlPixelFormat format = {(uint32_t)channels, JXL_TYPE_UINT8, JXL_NATIVE_ENDIAN, 0};
  JxlBasicInfo basic = {0};
  int is_done = 0;
  while (outcome.status == SB_OK && !is_done) {
    size_t needed = 0;
    switch (lib.JxlDecoderProcessInput(decoder)) {
      case JXL_DEC_BASIC_INFO:
        if (lib.JxlDecoderGetBasicInfo(decoder, &basic) != JXL_DEC_SUCCESS ||
            basic.xsize != width || basic.ysize != height) {
          outcome = sb_outcome_make(SB_DAMAGED, "the headers disagree about the size");
        }
        break;
      case JXL_DEC_COLOR_ENCODING:
        prefer_srgb(decoder, &basic);
        break;
      case JXL_DEC_NEED_IMAGE_OUT_BUFFER:
        if (lib.JxlDecoderImageOutBufferSize(decoder, &format, &needed) != JXL_DEC_SUCCESS ||
            needed != capacity ||
            lib.JxlDecoderSetImageOutBuffer(decoder, &format, pixels, capacity) !=
                JXL_DEC_SUCCESS) {
          outcome = damaged();
        }
        break;
      case JXL_DEC_FULL_IMAGE:
        // The first frame of an animation is enough; an image without animation is read to its end.
        is_done = basic.have_animation;
        break;
      case JXL_DEC_SUCCESS:
        is_done = 1;
        break;
      case JXL_DEC_NEED_MORE_INPUT:
        outcome = truncated();
        break;
      default:
        outcome = damaged();
    }
  }
  leave(decoder);
  return outcome;
}

/// Allocates space for more of a box; returns 0 if that would exceed the limit.
static int grow(sb_bytes *found, size_t used, size_t limit) {
  if (used >= limit) return 0;
  size_t size = found->size < 1 << 14 ? 1 << 16 : found->size * 2;
  if (size > limit) size = limit;
  uint8_t *data = realloc(found->data, size);
  if (data == NULL) return 0;
  found->data = data;
  found->size = size;
  return 1;
}

sb_outcome sb_jxl_metadata(const uint8_t *data, size_t size, sb_metadata_kind kind, size_t limit,
                           sb_bytes *found) {
  JxlDecoder *decoder;
  sb_outcome outcome = enter(data, size, JXL_DEC_BOX, &decoder);
  if (outcome.status == SB_OK) lib.JxlDecoderSetDecompressBoxes(decoder, JXL_TRUE);
  size_t used = 0;
  int is_in_box = 0;
  int is_done = outcome.status != SB_OK;
  while (!is_done) {
    JxlDecoderStatus status = lib.JxlDecoderProcessInput(decoder);
    if (is_in_box) {
      used = found->size - lib.JxlDecoderReleaseBoxBuffer(decoder);
      if (status == JXL_DEC_BOX_NEED_MORE_OUTPUT) {
        if (!grow(found, used, limit)) break;
        lib.JxlDecoderSetBoxBuffer(decoder, found->data + used, found->size - used);
        continue;
      }
      found->size = used;
      leave(decoder);
      return outcome;
    }
    JxlBoxType type;
    if (status != JXL_DEC_BOX ||
        lib.JxlDecoderGetBoxType(decoder, type, JXL_TRUE) != JXL_DEC_SUCCESS) {
      is_done = 1;
    } else if (memcmp(type, kind == SB_EXIF ? "Exif" : "xml ", 4) == 0) {
      if (!grow(found, 0, limit)) break;
      lib.JxlDecoderSetBoxBuffer(decoder, found->data, found->size);
      is_in_box = 1;
    }
  }
  sb_release(found);
  leave(decoder);
  return outcome;
}
