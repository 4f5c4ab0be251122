#ifndef C_IMAGE_CODECS_H
#define C_IMAGE_CODECS_H
#include <stddef.h>
#include <stdint.h>

/// The libpng version linked, as 10639 for 1.6.39.
uint32_t sb_png_version(void);

#endif
