#ifndef C_CURL_H
#define C_CURL_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// HTTP by libcurl. libcurl's options are variadic functions, and its results arrive through
// callbacks. Swift can call neither directly, so this shim calls them. libcurl is opened at the
// first request, because linking it would slow down every start.
//
// All functions except http_multi_wake must be called on the one thread that opened the multi.

typedef enum http_start {
  HTTP_STARTED = 0,
  HTTP_NO_LIBRARY,      // libcurl is not installed, or is older than 7.87
  HTTP_NO_DESCRIPTORS,  // the process cannot open more files
  HTTP_NO_MEMORY,
} http_start;

/// How a transfer ended.
typedef enum http_fault {
  HTTP_NONE = 0,
  HTTP_NOT_RESOLVED,
  HTTP_PROXY_NOT_RESOLVED,
  HTTP_NOT_CONNECTED,   // `system_error` has the reason
  HTTP_TIMED_OUT,       // while connecting: libcurl gets no other time limit
  HTTP_HANDSHAKE,       // no agreement on TLS
  HTTP_CERTIFICATE,     // `verification` has the reason
  HTTP_NO_AUTHORITIES,  // the certificates to check against cannot be read
  HTTP_PROXY_REFUSED,   // `connect_status` has the proxy's answer, if it speaks HTTP
  HTTP_CLOSED,
  HTTP_BAD_REPLY,
  HTTP_BAD_ENCODING,
  HTTP_ABORTED,         // one of the callbacks ended it
  HTTP_FAILED,
} http_fault;

typedef struct http_end {
  http_fault fault;
  int system_error;
  long verification;    // an X509_V_ERR_ number of OpenSSL; 0 if the certificate itself is good
  long connect_status;  // 0 if the proxy was not asked for a tunnel
  int connect_port;     // the last port that was connected to; 0 if none
} http_end;

typedef enum http_body_answer { HTTP_TAKEN, HTTP_PAUSE, HTTP_ABORT } http_body_answer;

/// Called on the multi's thread while http_multi_work runs.
typedef struct http_callbacks {
  /// Called before the first byte of a request is sent, each time that libcurl is about to send it.
  bool (*may_send)(void *context);
  /// Receives one line of a reply's head with its line end. An empty line ends the head.
  void (*header)(void *context, const uint8_t *bytes, size_t count);
  /// Receives a part of the decoded body. If it pauses, it receives the same part again.
  http_body_answer (*body)(void *context, const uint8_t *bytes, size_t count);
  /// Writes the next bytes of the request's body and returns how many. Returns 0 at the end, and a
  /// negative number if they cannot be read.
  ptrdiff_t (*source)(void *context, uint8_t *bytes, size_t count);
} http_callbacks;

typedef struct http_multi http_multi;
typedef struct http_transfer http_transfer;

/// Blocks every signal in this thread, so that other threads receive them.
void http_block_signals(void);
/// Returns whether the process can open one more file.
bool http_has_descriptors(void);

/// Returns the version of libcurl, such as "7.88.1", or NULL if libcurl cannot be opened.
const char *http_library_version(void);

http_start http_multi_open(long connections_per_host, http_multi **opened);
/// Closes every connection. All transfers must have ended.
void http_multi_close(http_multi *multi);
/// Ends the present wait or, if there is none, the next one. May be called from any thread.
void http_multi_wake(http_multi *multi);
/// Reads and writes everything that is possible without waiting.
void http_multi_work(http_multi *multi);
/// Waits until there is work. With `milliseconds` < 0 it waits without a limit for http_multi_wake
/// or a connection.
void http_multi_wait(http_multi *multi, int milliseconds);
/// Returns the context of a transfer that has ended, or NULL.
void *http_multi_finished(http_multi *multi, http_end *end);

/// Returns NULL if there is not enough memory. `context` is passed to every callback.
http_transfer *http_transfer_make(http_multi *multi, http_callbacks callbacks, void *context);
/// Sets the URL, which is sent byte for byte.
bool http_transfer_set_url(http_transfer *transfer, const char *url);
/// Adds `Name: value`, which only the server receives. `Name:` removes a field that libcurl would
/// add.
bool http_transfer_add_header(http_transfer *transfer, const char *line);
/// Makes it a POST. The bytes are copied.
bool http_transfer_set_body(http_transfer *transfer, const uint8_t *bytes, size_t count);
/// Makes it a POST whose `count` bytes are requested from `source` while they are sent.
bool http_transfer_set_source(http_transfer *transfer, int64_t count);
/// Sets another method than GET without a body or POST with a body.
bool http_transfer_set_method(http_transfer *transfer, const char *name);
/// Uses a new connection, which no other transfer uses.
bool http_transfer_set_alone(http_transfer *transfer);
/// Sets the proxy. An `address` of "" means no proxy.
bool http_transfer_set_proxy(http_transfer *transfer, const char *address, const char *exceptions);
/// Sets the certificate authorities. NULL means those of the system.
bool http_transfer_set_authorities(http_transfer *transfer, const char *file, const char *folder);
/// Sets the accepted encodings. "" means all encodings that libcurl can decode.
bool http_transfer_set_encodings(http_transfer *transfer, const char *names);
/// Sets the maximum speed for sending and for receiving.
bool http_transfer_set_speed(http_transfer *transfer, int64_t bytes_per_second);
bool http_transfer_set_connect_time(http_transfer *transfer, long milliseconds);
bool http_transfer_start(http_transfer *transfer);
/// Continues a paused body.
void http_transfer_resume(http_transfer *transfer);
/// Returns the number of bytes of the request's body that have been sent.
int64_t http_transfer_uploaded(http_transfer *transfer);
/// Ends a transfer in any state and frees it.
void http_transfer_end(http_transfer *transfer);

#endif
