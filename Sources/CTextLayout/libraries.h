#ifndef TEXT_LIBRARIES_H
#define TEXT_LIBRARIES_H
#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <harfbuzz/hb-ft.h>
#include <harfbuzz/hb.h>

#include "CTextLayout.h"

// All functions of the three libraries that are used, with the types of the libraries' own headers.
#define TEXT_FREETYPE(USE) \
  USE(FT_Init_FreeType) USE(FT_Done_FreeType) USE(FT_New_Face) USE(FT_Done_Face) \
  USE(FT_Set_Pixel_Sizes) USE(FT_Select_Size) USE(FT_Get_Char_Index) USE(FT_Load_Glyph)
#define TEXT_HARFBUZZ(USE) \
  USE(hb_ft_font_create_referenced) USE(hb_ft_font_changed) USE(hb_font_destroy) \
  USE(hb_buffer_create) USE(hb_buffer_destroy) USE(hb_buffer_clear_contents) \
  USE(hb_buffer_add_codepoints) USE(hb_buffer_guess_segment_properties) \
  USE(hb_buffer_get_glyph_infos) USE(hb_buffer_get_glyph_positions) USE(hb_shape) \
  USE(hb_unicode_funcs_get_default) USE(hb_unicode_script) USE(hb_unicode_general_category) \
  USE(hb_script_get_horizontal_direction)
#define TEXT_FONTCONFIG(USE) \
  USE(FcInitLoadConfigAndFonts) USE(FcConfigDestroy) USE(FcPatternCreate) USE(FcPatternDestroy) \
  USE(FcPatternAddString) USE(FcPatternAddBool) USE(FcPatternGetString) USE(FcPatternGetInteger) \
  USE(FcPatternGetCharSet) USE(FcConfigSubstitute) USE(FcDefaultSubstitute) USE(FcFontSort) \
  USE(FcFontSetDestroy) USE(FcCharSetHasChar)

#define TEXT_FIELD(name) __typeof__(&name) name;

/// The functions, after the libraries have been opened.
typedef struct text_libraries {
  TEXT_FREETYPE(TEXT_FIELD)
  TEXT_HARFBUZZ(TEXT_FIELD)
  TEXT_FONTCONFIG(TEXT_FIELD)
} text_libraries;

/// Opens the libraries, which stay open until the program ends.
text_status text_libraries_open(text_libraries *libraries, text_failure *failure);

#endif
