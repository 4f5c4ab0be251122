#ifndef SB_JPEG_FAILURE_H
#define SB_JPEG_FAILURE_H
#include "outcome.h"
#include <setjmp.h>
#include <stddef.h>
#include <stdio.h>

#include <jpeglib.h>

/// The state of libjpeg's error handler, which leaves the library with longjmp, never with exit().
typedef struct sb_jpeg_failure {
  struct jpeg_error_mgr base;  // first, so that a jpeg_error_mgr* also points to this struct
  jmp_buf jump;
  sb_outcome outcome;
} sb_jpeg_failure;

struct jpeg_error_mgr *sb_jpeg_failure_init(sb_jpeg_failure *failure);

#endif
