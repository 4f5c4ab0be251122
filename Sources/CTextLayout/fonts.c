#include "fonts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(text_failure *failure, text_status status, const char *detail) {
  failure->status = status;
  snprintf(failure->detail, sizeof failure->detail, "%s", detail);
}

/// Asks fontconfig for the fonts, in the order in which they replace each other.
static bool list_fonts(text_engine *engine) {
  FcPattern *wanted = engine->lib.FcPatternCreate();
  if (wanted == NULL) return false;
  engine->lib.FcPatternAddString(wanted, FC_FAMILY, (const FcChar8 *)"sans-serif");
  engine->lib.FcPatternAddBool(wanted, FC_SCALABLE, FcTrue);
  engine->lib.FcConfigSubstitute(engine->config, wanted, FcMatchPattern);
  engine->lib.FcDefaultSubstitute(wanted);
  FcResult result;
  engine->set = engine->lib.FcFontSort(engine->config, wanted, FcTrue, NULL, &result);
  engine->lib.FcPatternDestroy(wanted);
  if (engine->set == NULL || engine->set->nfont == 0) return false;
  engine->fonts = calloc((size_t)engine->set->nfont, sizeof(text_font));
  if (engine->fonts == NULL) return false;
  engine->font_count = engine->set->nfont;
  for (int i = 0; i < engine->font_count; i++) engine->fonts[i].pattern = engine->set->fonts[i];
  return true;
}

text_engine *text_engine_open(text_failure *failure) {
  memset(failure, 0, sizeof *failure);
  text_engine *engine = calloc(1, sizeof *engine);
  if (engine == NULL) {
    fail(failure, TEXT_FAILED, "out of memory");
    return NULL;
  }
  if (text_libraries_open(&engine->lib, failure) != TEXT_OK) {
    free(engine);
    return NULL;
  }
  if (engine->lib.FT_Init_FreeType(&engine->freetype) != 0) {
    fail(failure, TEXT_FAILED, "FreeType does not start");
    free(engine);
    return NULL;
  }
  engine->buffer = engine->lib.hb_buffer_create();
  engine->config = engine->lib.FcInitLoadConfigAndFonts();
  bool has_fonts = engine->config != NULL && list_fonts(engine);
  if (has_fonts) {
    // The list may contain files that no longer exist; one font that opens is enough.
    has_fonts = false;
    text_set_size(engine, 16);
    for (int i = 0; i < engine->font_count && !has_fonts; i++) has_fonts = text_font_ready(engine, i);
  }
  if (!has_fonts) {
    fail(failure, TEXT_NO_FONT, "");
    text_engine_close(engine);
    return NULL;
  }
  return engine;
}

void text_engine_close(text_engine *engine) {
  if (engine == NULL) return;
  for (int i = 0; i < engine->font_count; i++) {
    if (engine->fonts[i].shaper) engine->lib.hb_font_destroy(engine->fonts[i].shaper);
    if (engine->fonts[i].face) engine->lib.FT_Done_Face(engine->fonts[i].face);
  }
  free(engine->fonts);
  if (engine->set) engine->lib.FcFontSetDestroy(engine->set);
  if (engine->config) engine->lib.FcConfigDestroy(engine->config);
  if (engine->buffer) engine->lib.hb_buffer_destroy(engine->buffer);
  if (engine->freetype) engine->lib.FT_Done_FreeType(engine->freetype);
  free(engine);
}

static void apply_size(text_engine *engine, text_font *font) {
  font->scale = 1;
  if (FT_IS_SCALABLE(font->face)) {
    engine->lib.FT_Set_Pixel_Sizes(font->face, 0, (FT_UInt)engine->size);
  } else if (font->face->num_fixed_sizes > 0) {
    engine->lib.FT_Select_Size(font->face, 0);
    double height = font->face->available_sizes[0].y_ppem / 64.0;
    if (height > 0) font->scale = engine->size / height;
  }
  if (font->shaper) engine->lib.hb_ft_font_changed(font->shaper);
}

void text_set_size(text_engine *engine, int size) {
  if (engine->size == size) return;
  engine->size = size;
  for (int i = 0; i < engine->font_count; i++) {
    if (engine->fonts[i].face) apply_size(engine, &engine->fonts[i]);
  }
}

bool text_font_ready(text_engine *engine, int index) {
  text_font *font = &engine->fonts[index];
  if (font->face != NULL || font->is_broken) return !font->is_broken;
  FcChar8 *file = NULL;
  int number = 0;
  engine->lib.FcPatternGetInteger(font->pattern, FC_INDEX, 0, &number);
  if (engine->lib.FcPatternGetString(font->pattern, FC_FILE, 0, &file) != FcResultMatch ||
      engine->lib.FT_New_Face(engine->freetype, (const char *)file, number, &font->face) != 0) {
    font->face = NULL;
    font->is_broken = true;
    return false;
  }
  apply_size(engine, font);
  font->shaper = engine->lib.hb_ft_font_create_referenced(font->face);
  return true;
}

static bool has(text_engine *engine, int index, uint32_t character) {
  text_font *font = &engine->fonts[index];
  FcCharSet *characters = NULL;
  // The list states which characters a font has, so that not every font must be opened.
  if (engine->lib.FcPatternGetCharSet(font->pattern, FC_CHARSET, 0, &characters) != FcResultMatch ||
      !engine->lib.FcCharSetHasChar(characters, character)) {
    return false;
  }
  return text_font_ready(engine, index) &&
         engine->lib.FT_Get_Char_Index(font->face, character) != 0;
}

bool text_has_font(text_engine *engine, uint32_t character) {
  for (int i = 0; i < engine->font_count; i++) {
    if (has(engine, i, character)) return true;
  }
  return false;
}

int text_font_for(text_engine *engine, uint32_t character, int preferred) {
  if (preferred >= 0 && has(engine, preferred, character)) return preferred;
  for (int i = 0; i < engine->font_count; i++) {
    if (has(engine, i, character)) return i;
  }
  for (int i = 0; i < engine->font_count; i++) {
    if (text_font_ready(engine, i)) return i;  // if no font has the character, this font draws a box
  }
  return -1;
}
