#include "optional_libraries.h"

#include <libheif/heif.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define HEIF(USE) \
  USE(heif_context_alloc) USE(heif_context_free) USE(heif_context_read_from_memory_without_copy) \
  USE(heif_context_set_maximum_image_size_limit) \
  USE(heif_context_get_primary_image_handle) USE(heif_image_handle_release) \
  USE(heif_image_handle_get_width) USE(heif_image_handle_get_height) \
  USE(heif_image_handle_has_alpha_channel) USE(heif_image_handle_get_luma_bits_per_pixel) \
  USE(heif_image_handle_get_raw_color_profile_size) \
  USE(heif_image_handle_is_premultiplied_alpha) USE(heif_decode_image) USE(heif_image_release) \
  USE(heif_image_get_width) USE(heif_image_get_height) USE(heif_image_get_plane_readonly) \
  USE(heif_image_handle_get_list_of_metadata_block_IDs) \
  USE(heif_image_handle_get_metadata_type) USE(heif_image_handle_get_metadata_content_type) \
  USE(heif_image_handle_get_metadata_size) USE(heif_image_handle_get_metadata)

static struct { HEIF(SB_FIELD) } lib;
static const char *const names[] = {HEIF(SB_NAME)};
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int is_open;

static void open_library(void) {
  is_open = sb_library_open("libheif.so.1", names, (void **)&lib, sizeof names / sizeof *names);
}

int sb_heif_is_available(void) {
  pthread_once(&once, open_library);
  return is_open;
}

static sb_outcome outcome_of(struct heif_error error) {
  if (error.code == heif_error_Ok) return sb_outcome_make(SB_OK, "");
  if (error.subcode == heif_suberror_Unsupported_codec) {
    return sb_outcome_make(SB_NO_LIBRARY, "libheif-plugin-libde265 libheif-plugin-aomdec");
  }
  if (error.subcode == heif_suberror_End_of_data) {
    return sb_outcome_make(SB_TRUNCATED, "the data ends before the picture does");
  }
  switch (error.code) {
    case heif_error_Memory_allocation_error:
      return error.subcode == heif_suberror_Security_limit_exceeded
                 ? sb_outcome_make(SB_UNSUPPORTED, "it exceeds the limits of libheif")
                 : sb_outcome_make(SB_MEMORY, "no memory for the HEIF decoder");
    case heif_error_Unsupported_filetype:
    case heif_error_Unsupported_feature:
      return sb_outcome_make(SB_UNSUPPORTED, "a feature that libheif does not decode");
    default:
      return sb_outcome_make(SB_DAMAGED, "the file contradicts itself");
  }
}

/// Reads the boxes and finds the main image; `leave` releases both.
static sb_outcome enter(const uint8_t *data, size_t size, struct heif_context **context,
                        struct heif_image_handle **handle) {
  *context = NULL;
  *handle = NULL;
  pthread_once(&once, open_library);
  if (!is_open) return sb_outcome_make(SB_NO_LIBRARY, "libheif1");
  *context = lib.heif_context_alloc();
  if (*context == NULL) return sb_outcome_make(SB_MEMORY, "no memory for the HEIF decoder");
  lib.heif_context_set_maximum_image_size_limit(*context, 65535);
  struct heif_error error =
      lib.heif_context_read_from_memory_without_copy(*context, data, size, NULL);
  if (error.code == heif_error_Ok) {
    error = lib.heif_context_get_primary_image_handle(*context, handle);
  }
  return outcome_of(error);
}

static void leave(struct heif_context *context, struct heif_image_handle *handle) {
  if (handle) lib.heif_image_handle_release(handle);
  if (context) lib.heif_context_free(context);
}

sb_outcome sb_heif_read(const uint8_t *data, size_t size, sb_info *info) {
  struct heif_context *context;
  struct heif_image_handle *handle;
  sb_outcome outcome = enter(data, size, &context, &handle);
  if (outcome.status == SB_OK) {
    int width = lib.heif_image_handle_get_width(handle);
    int height = lib.heif_image_handle_get_height(handle);
    int depth = lib.heif_image_handle_get_luma_bits_per_pixel(handle);
    if (width <= 0 || height <= 0) {
      outcome = sb_outcome_make(SB_DAMAGED, "the size is not possible");
    } else {
      info->width = (uint32_t)width;
      info->height = (uint32_t)height;
      info->has_alpha = lib.heif_image_handle_has_alpha_channel(handle);
      info->bit_depth = depth > 0 ? depth : 8;
      info->has_profile = lib.heif_image_handle_get_raw_color_profile_size(handle) > 0;
    }
  }
  leave(context, handle);
  return outcome;
}

static sb_outcome copy_rows(const struct heif_image *image, uint32_t width, uint32_t height,
                            int channels, uint8_t *pixels) {
  int stride = 0;
  const uint8_t *rows =
      lib.heif_image_get_plane_readonly(image, heif_channel_interleaved, &stride);
  size_t length = (size_t)width * (size_t)channels;
  if (rows == NULL || stride < 0 || (size_t)stride < length ||
      lib.heif_image_get_width(image, heif_channel_interleaved) != (int)width ||
      lib.heif_image_get_height(image, heif_channel_interleaved) != (int)height) {
    return sb_outcome_make(SB_DAMAGED, "the headers disagree about the size");
  }
  for (uint32_t y = 0; y < height; y++) {
    memcpy(pixels + y * length, rows + y * (size_t)stride, length);
  }
  return sb_outcome_make(SB_OK, "");
}

/// Divides the colours by alpha, because libheif returns the values as they are stored.
static void unpremultiply(uint8_t *pixels, size_t count) {
  for (uint8_t *pixel = pixels; pixel < pixels + 4 * count; pixel += 4) {
    uint32_t alpha = pixel[3];
    for (int channel = 0; channel < 3; channel++) {
      uint32_t color = alpha == 0 ? 0 : (pixel[channel] * 255u + alpha / 2) / alpha;
      pixel[channel] = (uint8_t)(color > 255 ? 255 : color);
    }
  }
}

sb_outcome sb_heif_decode(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                          int channels, uint8_t *pixels, size_t capacity) {
  struct heif_context *context;
  struct heif_image_handle *handle;
  sb_outcome outcome = enter(data, size, &context, &handle);
  if (outcome.status == SB_OK &&
      (lib.heif_image_handle_get_width(handle) != (int)width ||
       lib.heif_image_handle_get_height(handle) != (int)height ||
       capacity != (size_t)width * height * (size_t)channels)) {
    outcome = sb_outcome_make(SB_DAMAGED, "the headers disagree about the size");
  }
  if (outcome.status == SB_OK) {
    struct heif_image *image = NULL;
    outcome = outcome_of(lib.heif_decode_image(
        handle, &image, heif_colorspace_RGB,
        channels == 4 ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB, NULL));
    if (outcome.status == SB_OK) outcome = copy_rows(image, width, height, channels, pixels);
    if (outcome.status == SB_OK && channels == 4 &&
        lib.heif_image_handle_is_premultiplied_alpha(handle)) {
      unpremultiply(pixels, (size_t)width * height);
    }
    if (image) lib.heif_image_release(image);
  }
  leave(context, handle);
  return outcome;
}

static int is_kind(struct heif_image_handle *handle, heif_item_id item, sb_metadata_kind kind) {
  const char *type = lib.heif_image_handle_get_metadata_type(handle, item);
  if (type == NULL) return 0;
  if (kind == SB_EXIF) return strcmp(type, "Exif") == 0;
  const char *content = lib.heif_image_handle_get_metadata_content_type(handle, item);
  return strcmp(type, "mime") == 0 && content && strcmp(content, "application/rdf+xml") == 0;
}

sb_outcome sb_heif_metadata(const uint8_t *data, size_t size, sb_metadata_kind kind, size_t limit,
                            sb_bytes *found) {
  struct heif_context *context;
  struct heif_image_handle *handle;
  sb_outcome outcome = enter(data, size, &context, &handle);
  heif_item_id items[64];
  int count = outcome.status == SB_OK ? lib.heif_image_handle_get_list_of_metadata_block_IDs(
                                            handle, NULL, items, 64)
                                      : 0;
  for (int i = 0; i < count; i++) {
    if (!is_kind(handle, items[i], kind)) continue;
    size_t length = lib.heif_image_handle_get_metadata_size(handle, items[i]);
    if (length == 0 || length > limit) continue;
    found->data = malloc(length);
    if (found->data == NULL) {
      outcome = sb_outcome_make(SB_MEMORY, "no memory for the metadata");
      break;
    }
    found->size = length;
    outcome = outcome_of(lib.heif_image_handle_get_metadata(handle, items[i], found->data));
    if (outcome.status != SB_OK) sb_release(found);
    break;
  }
  leave(context, handle);
  return outcome;
}
