#ifndef TEXT_FONTS_H
#define TEXT_FONTS_H
#include <stdbool.h>

#include "libraries.h"

/// A font of the fallback list, opened when a character first needs it.
typedef struct text_font {
  FcPattern *pattern;
  FT_Face face;
  hb_font_t *shaper;
  bool is_broken;
  /// For fonts that have only bitmaps of one size: the factor by which these are reduced.
  double scale;
} text_font;

struct text_engine {
  text_libraries lib;
  FT_Library freetype;
  FcConfig *config;
  FcFontSet *set;
  text_font *fonts;
  int font_count;
  int size;
  hb_buffer_t *buffer;
};

/// Returns the first font that has the character, at the engine's size, or the first font if none
/// has it.
int text_font_for(text_engine *engine, uint32_t character, int preferred);
/// Returns whether any font has the character.
bool text_has_font(text_engine *engine, uint32_t character);
/// Opens a font and sets its size; returns false if its file is not usable.
bool text_font_ready(text_engine *engine, int index);
void text_set_size(text_engine *engine, int size);

#endif
