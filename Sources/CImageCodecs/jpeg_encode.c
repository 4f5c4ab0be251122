#include "jpeg_failure.h"

#include <stdlib.h>

static sb_outcome encode(j_compress_ptr codec, sb_jpeg_failure *failure, const uint8_t *pixels,
                         uint32_t width, uint32_t height, int quality, int full_chroma,
                         int own_tables, uint8_t **buffer, unsigned long *length) {
  if (setjmp(failure->jump)) return failure->outcome;
  jpeg_mem_dest(codec, buffer, length);
  codec->image_width = width;
  codec->image_height = height;
  codec->input_components = 3;
  codec->in_color_space = JCS_RGB;
  jpeg_set_defaults(codec);
  jpeg_set_quality(codec, quality, TRUE);
  codec->optimize_coding = own_tables != 0;
  codec->dct_method = JDCT_ISLOW;
  if (full_chroma) {
    codec->comp_info[0].h_samp_factor = 1;
    codec->comp_info[0].v_samp_factor = 1;
  }
  jpeg_start_compress(codec, TRUE);
  size_t stride = (size_t)width * 3;
  while (codec->next_scanline < height) {
    JSAMPROW row = (JSAMPROW)(pixels + stride * codec->next_scanline);
    jpeg_write_scanlines(codec, &row, 1);
  }
  jpeg_finish_compress(codec);
  return sb_outcome_make(SB_OK, "");
}

sb_outcome sb_jpeg_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int quality,
                          int full_chroma, int own_tables, sb_bytes *encoded) {
  struct jpeg_compress_struct codec;
  sb_jpeg_failure failure;
  codec.err = sb_jpeg_failure_init(&failure);
  if (setjmp(failure.jump)) return failure.outcome;
  jpeg_create_compress(&codec);

  uint8_t *buffer = NULL;
  unsigned long length = 0;
  sb_outcome outcome = encode(&codec, &failure, pixels, width, height, quality, full_chroma,
                              own_tables, &buffer, &length);
  jpeg_destroy_compress(&codec);
  if (outcome.status != SB_OK) {
    free(buffer);
    return outcome;
  }
  encoded->data = buffer;
  encoded->size = length;
  return outcome;
}
