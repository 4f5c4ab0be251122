#include "optional_libraries.h"

#include <gif_lib.h>
#include <pthread.h>
#include <string.h>

#define GIF(USE) \
  USE(DGifOpen) USE(DGifCloseFile) USE(DGifGetRecordType) USE(DGifGetImageDesc) USE(DGifGetLine) \
  USE(DGifGetExtension) USE(DGifGetExtensionNext) USE(DGifGetCode) USE(DGifGetCodeNext)

static struct { GIF(SB_FIELD) } lib;
static const char *const names[] = {GIF(SB_NAME)};
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int is_open;

static void open_library(void) {
  is_open = sb_library_open("libgif.so.7", names, (void **)&lib, sizeof names / sizeof *names);
}

int sb_gif_is_available(void) {
  pthread_once(&once, open_library);
  return is_open;
}

typedef struct source {
  const uint8_t *next;
  size_t left;
} source;

static int read_source(GifFileType *gif, GifByteType *into, int count) {
  source *from = gif->UserData;
  size_t taken = count < 0 ? 0 : (size_t)count < from->left ? (size_t)count : from->left;
  memcpy(into, from->next, taken);
  from->next += taken;
  from->left -= taken;
  return (int)taken;
}

/// Reads an extension; returns the transparent colour of a graphics control block.
static int read_extension(GifFileType *gif, int *transparent) {
  int code;
  GifByteType *block;
  if (lib.DGifGetExtension(gif, &code, &block) == GIF_ERROR) return 0;
  // GIF89a, section 23: length, flags, delay, transparent colour.
  if (code == GRAPHICS_EXT_FUNC_CODE && block && block[0] >= 4) {
    *transparent = block[1] & 1 ? block[4] : -1;
  }
  while (block) {
    if (lib.DGifGetExtensionNext(gif, &block) == GIF_ERROR) return 0;
  }
  return 1;
}

static int skip_image(GifFileType *gif) {
  int size;
  GifByteType *block;
  if (lib.DGifGetCode(gif, &size, &block) == GIF_ERROR) return 0;
  while (block) {
    if (lib.DGifGetCodeNext(gif, &block) == GIF_ERROR) return 0;
  }
  return 1;
}

/// Returns the row that is `number`th in the data of an interlaced image (GIF89a, appendix E).
static int interlaced_row(int number, int height) {
  static const int starts[] = {0, 4, 2, 1};
  static const int steps[] = {8, 8, 4, 2};
  for (int pass = 0; pass < 4; pass++) {
    int rows = height > starts[pass] ? (height - starts[pass] + steps[pass] - 1) / steps[pass] : 0;
    if (number < rows) return starts[pass] + number * steps[pass];
    number -= rows;
  }
  return height - 1;
}

static sb_outcome read_frame(GifFileType *gif, int transparent, uint32_t width, uint32_t height,
                             uint8_t *pixels) {
  if (lib.DGifGetImageDesc(gif) == GIF_ERROR) {
    return sb_outcome_make(SB_DAMAGED, "the first frame has no sound header");
  }
  GifImageDesc *frame = &gif->Image;
  ColorMapObject *colors = frame->ColorMap ? frame->ColorMap : gif->SColorMap;
  if (frame->Left < 0 || frame->Top < 0 || frame->Width <= 0 || frame->Height <= 0 ||
      (uint32_t)frame->Left + (uint32_t)frame->Width > width ||
      (uint32_t)frame->Top + (uint32_t)frame->Height > height) {
    return sb_outcome_make(SB_DAMAGED, "the first frame lies outside the picture");
  }
  if (colors == NULL) return sb_outcome_make(SB_DAMAGED, "the first frame has no colours");
  GifPixelType line[65536];
  for (int number = 0; number < frame->Height; number++) {
    if (lib.DGifGetLine(gif, line, frame->Width) == GIF_ERROR) {
      return gif->Error == D_GIF_ERR_READ_FAILED || gif->Error == D_GIF_ERR_EOF_TOO_SOON
                 ? sb_outcome_make(SB_TRUNCATED, "the data ends before the picture does")
                 : sb_outcome_make(SB_DAMAGED, "the bitstream is not valid");
    }
    int row = frame->Interlace ? interlaced_row(number, frame->Height) : number;
    uint8_t *into = pixels + ((size_t)(frame->Top + row) * width + (size_t)frame->Left) * 4;
    for (int x = 0; x < frame->Width; x++, into += 4) {
      int index = line[x];
      if (index == transparent || index >= colors->ColorCount) continue;
      into[0] = colors->Colors[index].Red;
      into[1] = colors->Colors[index].Green;
      into[2] = colors->Colors[index].Blue;
      into[3] = 255;
    }
  }
  return sb_outcome_make(SB_OK, "");
}

/// Decodes the first frame and reads the others to the end of the file.
static sb_outcome read_records(GifFileType *gif, uint32_t width, uint32_t height,
                               uint8_t *pixels) {
  int transparent = -1;
  int has_frame = 0;
  for (;;) {
    GifRecordType kind;
    int is_read = lib.DGifGetRecordType(gif, &kind) != GIF_ERROR;
    if (is_read && kind == TERMINATE_RECORD_TYPE) break;
    if (is_read && kind == IMAGE_DESC_RECORD_TYPE && !has_frame) {
      sb_outcome outcome = read_frame(gif, transparent, width, height, pixels);
      if (outcome.status != SB_OK) return outcome;
      has_frame = 1;
      continue;
    }
    if (is_read && kind == IMAGE_DESC_RECORD_TYPE) {
      is_read = lib.DGifGetImageDesc(gif) != GIF_ERROR && skip_image(gif);
    } else if (is_read && kind == EXTENSION_RECORD_TYPE) {
      is_read = read_extension(gif, &transparent);
    }
    if (!is_read) return sb_outcome_make(SB_TRUNCATED, "the file ends before its trailer");
  }
  return has_frame ? sb_outcome_make(SB_OK, "")
                   : sb_outcome_make(SB_DAMAGED, "there is no frame");
}

sb_outcome sb_gif_decode(const uint8_t *data, size_t size, uint32_t width, uint32_t height,
                         uint8_t *pixels, size_t capacity) {
  pthread_once(&once, open_library);
  if (!is_open) return sb_outcome_make(SB_NO_LIBRARY, "libgif7");
  source from = {.next = data, .left = size};
  int error = 0;
  GifFileType *gif = lib.DGifOpen(&from, read_source, &error);
  if (gif == NULL) return sb_outcome_make(SB_DAMAGED, "the header is not valid");
  sb_outcome outcome;
  if ((uint32_t)gif->SWidth != width || (uint32_t)gif->SHeight != height ||
      capacity != (size_t)width * height * 4) {
    outcome = sb_outcome_make(SB_DAMAGED, "the headers disagree about the size");
  } else {
    memset(pixels, 0, capacity);
    outcome = read_records(gif, width, height, pixels);
  }
  lib.DGifCloseFile(gif, &error);
  return outcome;
}
