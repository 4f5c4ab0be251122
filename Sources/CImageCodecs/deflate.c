#include "outcome.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

void sb_release(sb_bytes *bytes) {
  free(bytes->data);
  bytes->data = NULL;
  bytes->size = 0;
}

static sb_outcome inflate_all(z_stream *stream, size_t limit, sb_bytes *inflated) {
  size_t capacity = 0;
  for (;;) {
    if (inflated->size == capacity) {
      if (capacity >= limit) return sb_outcome_make(SB_UNSUPPORTED, "too large when inflated");
      capacity = capacity == 0 ? 16384 : capacity * 2;
      if (capacity > limit) capacity = limit;
      uint8_t *grown = realloc(inflated->data, capacity);
      if (grown == NULL) return sb_outcome_make(SB_MEMORY, "no memory to inflate");
      inflated->data = grown;
    }
    size_t room = capacity - inflated->size;
    stream->next_out = inflated->data + inflated->size;
    stream->avail_out = room > UINT_MAX ? UINT_MAX : (uInt)room;
    uInt offered = stream->avail_out;
    int status = inflate(stream, Z_NO_FLUSH);
    inflated->size += offered - stream->avail_out;
    if (status == Z_STREAM_END) return sb_outcome_make(SB_OK, "");
    if (status == Z_BUF_ERROR && stream->avail_out > 0) {
      return sb_outcome_make(SB_TRUNCATED, "the compressed data ends early");
    }
    if (status != Z_OK && status != Z_BUF_ERROR) {
      return sb_outcome_make(status == Z_MEM_ERROR ? SB_MEMORY : SB_DAMAGED,
                             "the compressed data is not valid");
    }
  }
}

sb_outcome sb_inflate(const uint8_t *data, size_t size, size_t limit, sb_bytes *inflated) {
  *inflated = (sb_bytes){0};
  if (size > UINT_MAX) return sb_outcome_make(SB_UNSUPPORTED, "too large to inflate");
  z_stream stream = {.next_in = (Bytef *)data, .avail_in = (uInt)size};
  // 15: the largest window; 32: zlib or gzip, detected from the header.
  if (inflateInit2(&stream, 15 + 32) != Z_OK) {
    return sb_outcome_make(SB_MEMORY, "no memory to inflate");
  }
  sb_outcome outcome = inflate_all(&stream, limit, inflated);
  inflateEnd(&stream);
  if (outcome.status != SB_OK) {
    size_t written = inflated->size;
    sb_release(inflated);
    inflated->size = written;
  }
  return outcome;
}

sb_outcome sb_deflate(const uint8_t *data, size_t size, int gzip, sb_bytes *deflated) {
  *deflated = (sb_bytes){0};
  if (size > UINT_MAX / 2) return sb_outcome_make(SB_UNSUPPORTED, "too large to deflate");
  z_stream stream = {.next_in = (Bytef *)data, .avail_in = (uInt)size};
  int window = gzip ? 15 + 16 : 15;
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY)
      != Z_OK) {
    return sb_outcome_make(SB_MEMORY, "no memory to deflate");
  }
  size_t bound = deflateBound(&stream, (uLong)size);
  deflated->data = malloc(bound);
  int status = Z_MEM_ERROR;
  if (deflated->data) {
    stream.next_out = deflated->data;
    stream.avail_out = (uInt)bound;
    status = deflate(&stream, Z_FINISH);
    deflated->size = bound - stream.avail_out;
  }
  deflateEnd(&stream);
  if (status == Z_STREAM_END) return sb_outcome_make(SB_OK, "");
  sb_release(deflated);
  return sb_outcome_make(SB_MEMORY, "no memory to deflate");
}

uint32_t sb_crc32(uint32_t crc, const uint8_t *data, size_t size) {
  return (uint32_t)crc32_z(crc, data, size);
}
