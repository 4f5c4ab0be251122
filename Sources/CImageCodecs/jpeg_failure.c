#include "jpeg_failure.h"

#include <jerror.h>

__attribute__((noreturn)) static void leave(j_common_ptr codec, sb_status status) {
  sb_jpeg_failure *failure = (sb_jpeg_failure *)codec->err;
  char text[JMSG_LENGTH_MAX];
  codec->err->format_message(codec, text);
  failure->outcome = sb_outcome_make(status, text);
  longjmp(failure->jump, 1);
}

static void on_error(j_common_ptr codec) {
  switch (codec->err->msg_code) {
    case JERR_OUT_OF_MEMORY:
      leave(codec, SB_MEMORY);
    case JERR_INPUT_EOF:
      leave(codec, SB_TRUNCATED);
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_PRECISION:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_SOF_UNSUPPORTED:
    case JERR_NOT_COMPILED:
      leave(codec, SB_UNSUPPORTED);
    default:
      leave(codec, SB_DAMAGED);
  }
}

// After a warning, libjpeg continues with grey blocks or old data. Only warnings that cannot affect
// a pixel are accepted: padding between segments, and unusual but harmless headers.
static void on_message(j_common_ptr codec, int level) {
  if (level >= 0) return;
  switch (codec->err->msg_code) {
    case JWRN_ADOBE_XFORM:
    case JWRN_BOGUS_PROGRESSION:
    case JWRN_EXTRANEOUS_DATA:
    case JWRN_JFIF_MAJOR:
      return;
    case JWRN_HIT_MARKER:
    case JWRN_JPEG_EOF:
      leave(codec, SB_TRUNCATED);
    default:
      leave(codec, SB_DAMAGED);
  }
}

static void stay_mute(j_common_ptr codec) { (void)codec; }

struct jpeg_error_mgr *sb_jpeg_failure_init(sb_jpeg_failure *failure) {
  jpeg_std_error(&failure->base);
  failure->base.error_exit = on_error;
  failure->base.emit_message = on_message;
  failure->base.output_message = stay_mute;
  failure->outcome = sb_outcome_make(SB_OK, "");
  return &failure->base;
}
