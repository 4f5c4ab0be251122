#ifndef C_TEXT_LAYOUT_H
#define C_TEXT_LAYOUT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Draws shaped text as coverage, with FreeType, HarfBuzz and fontconfig. The three libraries are
// opened when text is first drawn, not when the program starts, because only contact sheets need
// them.

typedef enum text_status {
  TEXT_OK = 0,
  TEXT_NO_LIBRARY = 1,  // `detail` names the library that is not installed
  TEXT_NO_FONT = 2,     // the libraries are installed, but no font
  TEXT_FAILED = 3,
} text_status;

/// The cause of a failure, in a buffer of fixed size.
typedef struct text_failure {
  text_status status;
  char detail[200];
} text_failure;

typedef struct text_engine text_engine;

/// Opens the libraries and the default sans-serif font. If that fails, returns NULL and fills in
/// `failure`.
text_engine *text_engine_open(text_failure *failure);
void text_engine_close(text_engine *engine);

/// Returns the width of one line of UTF-8 in pixels, at `size` pixels per em, or -1 on failure.
double text_measure(text_engine *engine, const char *utf8, size_t length, int size);

/// Returns whether the character needs a glyph and no installed font has one.
bool text_is_missing(text_engine *engine, uint32_t character);

/// Draws one line of UTF-8 as coverage (0 to 255), added to the existing values. `x` is the left
/// end; `baseline` is measured from the top. Returns the advance, or -1 on failure.
double text_draw(text_engine *engine, const char *utf8, size_t length, int size, double x,
                 int baseline, uint8_t *coverage, int width, int height);

#endif
