#include <string.h>
#include <strings.h>

#include "multi.h"

// The codings of libcurl that change the bytes. One that its build cannot decode is still an error.
static const char *const codings[] = {"gzip", "x-gzip", "deflate", "br", "zstd", NULL};
// libcurl accepts these words for bytes that are unchanged.
static const char *const unchanged[] = {"identity", "none", NULL};

static bool is_one_of(const char *const *names, const char *name, size_t count) {
  for (; *names != NULL; names++) {
    if (strlen(*names) == count && strncasecmp(*names, name, count) == 0) return true;
  }
  return false;
}

/// Returns whether a line states no coding, but a word that is not known, such as `aws-chunked` or `utf-8`.
static bool states_unknown_coding(const char *line, size_t count) {
  static const char field[] = "Content-Encoding:";
  size_t start = sizeof field - 1;
  if (count < start || strncasecmp(line, field, start) != 0) return false;
  bool has_unknown = false;
  while (start < count) {
    size_t end = start;
    while (end < count && memchr(", \t\r\n", line[end], 5) == NULL) end++;
    if (end > start) {
      if (is_one_of(codings, line + start, end - start)) return false;
      if (!is_one_of(unchanged, line + start, end - start)) has_unknown = true;
    }
    start = end + 1;
  }
  return has_unknown;
}

bool http_transfer_accepts_line(http_transfer *transfer, const char *line, size_t count) {
  if (count >= 5 && memcmp(line, "HTTP/", 5) == 0) transfer->is_in_head = true;
  if (count == 0 || line[0] == '\r' || line[0] == '\n') transfer->is_in_head = false;
  // Lines after the head are the trailer of a body.
  if (!transfer->is_in_head || transfer->is_raw || !states_unknown_coding(line, count)) return true;
  transfer->is_raw = true;
  // libcurl would refuse the body. Version 7.88 reads this option at the first byte of the body.
  // Later versions have read it before they pass the line on. Then it applies to the next request.
  transfer->lib->curl_easy_setopt(transfer->easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
  transfer->needs_restart = transfer->may_repeat;
  return !transfer->needs_restart;
}
