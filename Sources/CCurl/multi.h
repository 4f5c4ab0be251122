#ifndef HTTP_MULTI_H
#define HTTP_MULTI_H
#include "library.h"

/// A socket that libcurl has open, and whether a request was sent over it.
typedef struct http_socket {
  curl_socket_t number;
  bool is_used;
} http_socket;

struct http_multi {
  const curl_library *lib;
  CURLM *multi;
  http_socket *sockets;
  size_t socket_count;
  size_t socket_room;
};

struct http_transfer {
  const curl_library *lib;
  http_multi *multi;
  CURL *easy;
  struct curl_slist *headers;
  http_callbacks callbacks;
  void *context;
  int connect_port;
  int socket_error;
  bool is_tls;
  bool is_alone;
  bool is_started;
  bool is_stale;
  bool may_speak_two;  // HTTP/2, if the server does not support HTTP/1.1
  bool may_repeat;     // a GET on a shared connection, which changes nothing
  bool is_in_head;     // the next lines are those of a head
  bool is_raw;         // the body is not decoded, because its coding is unknown
  bool needs_restart;  // the request is sent again for a body that is not decoded
};

/// Opens a socket that child processes do not inherit, and records it.
curl_socket_t http_socket_open(http_transfer *transfer, const struct curl_sockaddr *address);
int http_socket_close(void *multi, curl_socket_t number);
/// Reads a line of a reply, and lets libcurl pass on a body with an unknown coding unchanged.
/// Returns false if the transfer must end and start again for that.
bool http_transfer_accepts_line(http_transfer *transfer, const char *line, size_t count);
/// Returns whether a connection has bytes that no request asked for: an earlier reply was longer
/// than its stated length, or the server sent a notice.
bool http_socket_is_stale(http_multi *multi, int local_port, int remote_port);

#endif
