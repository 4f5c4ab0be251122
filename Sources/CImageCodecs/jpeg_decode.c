#include "jpeg_failure.h"

#include <jerror.h>

// A progressive file may contain thousands of empty scans of a huge image, and each is as slow as a
// full one. libjpeg's own script writes 10.
enum { MAX_SCANS = 100 };

static void source_nothing(j_decompress_ptr codec) { (void)codec; }

// libjpeg's own memory source inserts an end marker here, so a truncated file would count as
// complete.
static boolean source_at_end(j_decompress_ptr codec) {
  ERREXIT(codec, JERR_INPUT_EOF);
  return FALSE;
}

static void source_skip(j_decompress_ptr codec, long count) {
  if (count <= 0) return;
  if ((size_t)count > codec->src->bytes_in_buffer) ERREXIT(codec, JERR_INPUT_EOF);
  codec->src->next_input_byte += count;
  codec->src->bytes_in_buffer -= (size_t)count;
}

static void watch_scans(j_common_ptr codec) {
  if (codec->is_decompressor && ((j_decompress_ptr)codec)->input_scan_number > MAX_SCANS) {
    ERREXIT(codec, JERR_BAD_PROGRESSION);
  }
}

// Adobe stores CMYK inverted: the value is the ink that is absent. Other programs store the ink.
static void cmyk_to_rgb(const uint8_t *cmyk, uint8_t *rgb, uint32_t width, int inverted) {
  for (uint32_t x = 0; x < width; x++, cmyk += 4, rgb += 3) {
    unsigned k = inverted ? cmyk[3] : 255u - cmyk[3];
    for (int i = 0; i < 3; i++) {
      unsigned ink = inverted ? cmyk[i] : 255u - cmyk[i];
      rgb[i] = (uint8_t)((ink * k + 127) / 255);
    }
  }
}

static void read_rows(j_decompress_ptr codec, uint8_t *pixels) {
  size_t stride = (size_t)codec->output_width * 3;
  int cmyk = codec->out_color_space == JCS_CMYK;
  JSAMPARRAY line = NULL;
  if (cmyk) {
    line = codec->mem->alloc_sarray((j_common_ptr)codec, JPOOL_IMAGE, codec->output_width * 4, 1);
  }
  while (codec->output_scanline < codec->output_height) {
    JSAMPROW row = pixels + stride * codec->output_scanline;
    if (jpeg_read_scanlines(codec, cmyk ? line : &row, 1) != 1) ERREXIT(codec, JERR_INPUT_EOF);
    if (cmyk) cmyk_to_rgb(line[0], row, codec->output_width, codec->saw_Adobe_marker);
  }
}

// A progressive file can end correctly without data for one of the components.
static int lacks_a_component(j_decompress_ptr codec) {
  if (!codec->progressive_mode || codec->coef_bits == NULL) return 0;
  for (int i = 0; i < codec->num_components; i++) {
    if (codec->coef_bits[i][0] < 0) return 1;
  }
  return 0;
}

static sb_outcome decode(j_decompress_ptr codec, sb_jpeg_failure *failure, uint32_t width,
                         uint32_t height, int eighths, uint8_t *pixels, size_t capacity) {
  if (setjmp(failure->jump)) return failure->outcome;
  jpeg_read_header(codec, TRUE);
  if (codec->image_width != width || codec->image_height != height) {
    return sb_outcome_make(SB_DAMAGED, "the headers disagree about the size");
  }
  codec->scale_num = (unsigned)eighths;
  codec->scale_denom = 8;
  int cmyk = codec->jpeg_color_space == JCS_CMYK || codec->jpeg_color_space == JCS_YCCK;
  codec->out_color_space = cmyk ? JCS_CMYK : JCS_RGB;
  // This method uses exact integers, with equal results in SIMD and in C, so pixels are equal on
  // every machine.
  codec->dct_method = JDCT_ISLOW;
  jpeg_start_decompress(codec);
  if ((size_t)codec->output_width * codec->output_height * 3 != capacity) {
    return sb_outcome_make(SB_DAMAGED, "the headers disagree about the size");
  }
  read_rows(codec, pixels);
  if (lacks_a_component(codec)) {
    return sb_outcome_make(SB_TRUNCATED, "a colour component was never sent");
  }
  jpeg_finish_decompress(codec);
  return sb_outcome_make(SB_OK, "");
}

sb_outcome sb_jpeg_decode(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                          int eighths, uint8_t *pixels, size_t capacity) {
  struct jpeg_decompress_struct codec;
  sb_jpeg_failure failure;
  codec.err = sb_jpeg_failure_init(&failure);
  if (setjmp(failure.jump)) return failure.outcome;
  jpeg_create_decompress(&codec);

  struct jpeg_source_mgr source = {
    .next_input_byte = data,
    .bytes_in_buffer = size,
    .init_source = source_nothing,
    .fill_input_buffer = source_at_end,
    .skip_input_data = source_skip,
    .resync_to_restart = jpeg_resync_to_restart,
    .term_source = source_nothing,
  };
  struct jpeg_progress_mgr progress = {.progress_monitor = watch_scans};
  codec.src = &source;
  codec.progress = &progress;

  sb_outcome outcome = decode(&codec, &failure, width, height, eighths, pixels, capacity);
  jpeg_destroy_decompress(&codec);
  return outcome;
}
