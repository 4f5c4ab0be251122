#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fonts.h"

/// Characters that are shaped with one font in one direction.
typedef struct text_run {
  size_t start, end;
  int font;
  hb_script_t script;
  bool is_backward;
} text_run;

/// Decodes UTF-8 into code points; invalid bytes become U+FFFD.
static size_t decode(const char *utf8, size_t length, uint32_t *points) {
  const unsigned char *bytes = (const unsigned char *)utf8;
  size_t count = 0;
  for (size_t i = 0; i < length;) {
    unsigned char lead = bytes[i];
    size_t more = lead < 0x80 ? 0 : lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 4;
    uint32_t point = more == 0 ? lead : more == 4 ? 0xFFFD : lead & (0x3F >> more);
    size_t next = i + 1;
    for (size_t k = 0; k < more && more < 4; k++, next++) {
      if (next >= length || (bytes[next] & 0xC0) != 0x80) {
        point = 0xFFFD;
        break;
      }
      point = point << 6 | (bytes[next] & 0x3F);
    }
    points[count++] = point;
    i = next;
  }
  return count;
}

/// Marks and joiners are drawn with the character before them, in the same font.
static bool joins_previous(text_engine *engine, uint32_t point) {
  if (point == 0x200D || point == 0x200C || (point >= 0xFE00 && point <= 0xFE0F)) return true;
  if (point >= 0x1F3FB && point <= 0x1F3FF) return true;
  hb_unicode_general_category_t kind =
      engine->lib.hb_unicode_general_category(engine->lib.hb_unicode_funcs_get_default(), point);
  return kind == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK ||
         kind == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK ||
         kind == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK;
}

static size_t split(text_engine *engine, const uint32_t *points, size_t count, text_run *runs) {
  size_t made = 0;
  for (size_t i = 0; i < count; i++) {
    hb_script_t script =
        engine->lib.hb_unicode_script(engine->lib.hb_unicode_funcs_get_default(), points[i]);
    bool is_common = script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED ||
                     script == HB_SCRIPT_UNKNOWN;
    text_run *last = made ? &runs[made - 1] : NULL;
    if (last && joins_previous(engine, points[i])) {
      last->end = i + 1;
      continue;
    }
    // A letter takes the first font that has it, so that a word looks the same everywhere. Spaces
    // and characters without a script take the font of the character before them.
    int font = text_font_for(engine, points[i], last && is_common ? last->font : -1);
    bool same_script = last && (is_common || last->script == HB_SCRIPT_COMMON ||
                                last->script == script);
    if (last && same_script && font == last->font) {
      last->end = i + 1;
      if (!is_common) last->script = script;
      continue;
    }
    if (is_common) script = last ? last->script : HB_SCRIPT_COMMON;
    runs[made++] = (text_run){i, i + 1, font, script, false};
  }
  for (size_t i = 0; i < made; i++) {
    runs[i].is_backward = engine->lib.hb_script_get_horizontal_direction(runs[i].script) ==
                          HB_DIRECTION_RTL;
  }
  return made;
}

static bool is_space(uint32_t point) { return point == ' ' || point == 0xA0 || point == 0x3000; }

/// Spaces between two directions have the direction of the line (UAX #9, rule N2). At the end of a
/// run in the other direction, they would otherwise be drawn on the wrong side.
static void part_spaces(const uint32_t *points, text_run *runs, size_t count) {
  for (size_t i = 0; i + 1 < count; i++) {
    text_run *run = &runs[i], *next = &runs[i + 1];
    if (run->is_backward == runs[0].is_backward || run->is_backward == next->is_backward) continue;
    while (run->end - run->start > 1 && is_space(points[run->end - 1])) {
      run->end--;
      next->start--;
    }
  }
}

static void turn(text_run *runs, size_t start, size_t end) {
  while (start + 1 < end) {
    text_run swap = runs[start];
    runs[start++] = runs[--end];
    runs[end] = swap;
  }
}

/// Arranges the runs in visual order: runs against the line's direction are reversed, and then the
/// whole line if its direction is right to left. Deeper nesting is not supported; captions do not
/// need it.
static void arrange(text_run *runs, size_t count) {
  if (count == 0) return;
  bool is_backward = runs[0].is_backward;
  for (size_t i = 0; i < count;) {
    size_t end = i;
    while (end < count && runs[end].is_backward != is_backward) end++;
    turn(runs, i, end);
    i = end > i ? end : i + 1;
  }
  if (is_backward) turn(runs, 0, count);
}

typedef struct canvas {
  uint8_t *coverage;
  int width, height, baseline;
} canvas;

static void blend(const canvas *on, int x, int y, int value) {
  if (x < 0 || y < 0 || x >= on->width || y >= on->height) return;
  uint8_t *pixel = &on->coverage[(size_t)y * (size_t)on->width + (size_t)x];
  int sum = *pixel + value;
  *pixel = (uint8_t)(sum > 255 ? 255 : sum);
}

static int sample(const FT_Bitmap *bitmap, int column, int row) {
  const unsigned char *line = bitmap->buffer + (ptrdiff_t)row * bitmap->pitch;
  switch (bitmap->pixel_mode) {
    case FT_PIXEL_MODE_MONO: return line[column >> 3] & (0x80 >> (column & 7)) ? 255 : 0;
    case FT_PIXEL_MODE_BGRA: {
      // Colour emoji are drawn in one colour: dark where the emoji is dark, and never invisible.
      const unsigned char *bgra = line + column * 4;
      int light = (bgra[0] + 2 * bgra[1] + bgra[2]) / 4;
      int ink = bgra[3] - light * 3 / 4;
      return ink < 0 ? 0 : ink;
    }
    default: return line[column];
  }
}

static void paint(const canvas *on, FT_GlyphSlot glyph, double x, double rise, double scale) {
  const FT_Bitmap *bitmap = &glyph->bitmap;
  int left = (int)lround(x + glyph->bitmap_left * scale);
  int top = on->baseline - (int)lround(glyph->bitmap_top * scale + rise);
  int columns = (int)lround(bitmap->width * scale), rows = (int)lround(bitmap->rows * scale);
  for (int row = 0; row < rows; row++) {
    for (int column = 0; column < columns; column++) {
      int from_column = (int)(column / scale), from_row = (int)(row / scale);
      if (from_column >= (int)bitmap->width || from_row >= (int)bitmap->rows) continue;
      blend(on, left + column, top + row, sample(bitmap, from_column, from_row));
    }
  }
}

static double shape(text_engine *engine, const uint32_t *points, size_t count, const text_run *run,
                    double x, const canvas *on) {
  text_font *font = &engine->fonts[run->font];
  if (font->shaper == NULL) return 0;
  hb_buffer_t *buffer = engine->buffer;
  engine->lib.hb_buffer_clear_contents(buffer);
  // The whole line is passed as context, because Arabic letters join across runs.
  engine->lib.hb_buffer_add_codepoints(buffer, points, (int)count, (unsigned)run->start,
                                       (int)(run->end - run->start));
  engine->lib.hb_buffer_guess_segment_properties(buffer);
  engine->lib.hb_shape(font->shaper, buffer, NULL, 0);
  unsigned glyphs = 0;
  hb_glyph_info_t *infos = engine->lib.hb_buffer_get_glyph_infos(buffer, &glyphs);
  hb_glyph_position_t *places = engine->lib.hb_buffer_get_glyph_positions(buffer, &glyphs);
  double advance = 0;
  for (unsigned i = 0; i < glyphs; i++) {
    if (on != NULL && engine->lib.FT_Load_Glyph(font->face, infos[i].codepoint,
                                                FT_LOAD_RENDER | FT_LOAD_COLOR | FT_LOAD_TARGET_LIGHT) == 0) {
      paint(on, font->face->glyph, x + advance + places[i].x_offset / 64.0 * font->scale,
            places[i].y_offset / 64.0 * font->scale, font->scale);
    }
    advance += places[i].x_advance / 64.0 * font->scale;
  }
  return advance;
}

static double lay_out(text_engine *engine, const char *utf8, size_t length, int size, double x,
                      const canvas *on) {
  if (length == 0) return 0;
  uint32_t *points = malloc(length * sizeof *points);
  text_run *runs = malloc(length * sizeof *runs);
  double advance = -1;
  if (points != NULL && runs != NULL) {
    text_set_size(engine, size);
    size_t count = decode(utf8, length, points);
    size_t made = split(engine, points, count, runs);
    part_spaces(points, runs, made);
    arrange(runs, made);
    advance = 0;
    for (size_t i = 0; i < made; i++) {
      if (runs[i].font < 0) continue;
      advance += shape(engine, points, count, &runs[i], x + advance, on);
    }
  }
  free(points);
  free(runs);
  return advance;
}

double text_measure(text_engine *engine, const char *utf8, size_t length, int size) {
  return lay_out(engine, utf8, length, size, 0, NULL);
}

bool text_is_missing(text_engine *engine, uint32_t character) {
  if (joins_previous(engine, character)) return false;
  switch (engine->lib.hb_unicode_general_category(engine->lib.hb_unicode_funcs_get_default(), character)) {
    case HB_UNICODE_GENERAL_CATEGORY_CONTROL:
    case HB_UNICODE_GENERAL_CATEGORY_FORMAT:
    case HB_UNICODE_GENERAL_CATEGORY_LINE_SEPARATOR:
    case HB_UNICODE_GENERAL_CATEGORY_PARAGRAPH_SEPARATOR:
    case HB_UNICODE_GENERAL_CATEGORY_SPACE_SEPARATOR:
      return false;
    default:
      return !text_has_font(engine, character);
  }
}

double text_draw(text_engine *engine, const char *utf8, size_t length, int size, double x,
                 int baseline, uint8_t *coverage, int width, int height) {
  canvas on = {coverage, width, height, baseline};
  return lay_out(engine, utf8, length, size, x, &on);
}
