#ifndef SB_OUTCOME_H
#define SB_OUTCOME_H
#include "CImageCodecs.h"
#include <stdio.h>

static inline sb_outcome sb_outcome_make(sb_status status, const char *message) {
  sb_outcome outcome = {.status = status};
  snprintf(outcome.message, sizeof outcome.message, "%s", message);
  return outcome;
}

#endif
