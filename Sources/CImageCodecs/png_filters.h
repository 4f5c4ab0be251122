#ifndef SB_PNG_FILTERS_H
#define SB_PNG_FILTERS_H
#include <stddef.h>
#include <stdint.h>

/// Reverses the filter of a row of `stride` bytes (PNG 3, 9.2), with `channels` (3 or 4) of 8 bits. `above` is the row
/// before it, without its filter. `row` overlaps `filtered` only if it starts before it. Returns 0 if the filter does
/// not exist.
int sb_png_unfilter(int filter, const uint8_t *filtered, const uint8_t *above, uint8_t *row,
                    size_t stride, int channels);

#endif
