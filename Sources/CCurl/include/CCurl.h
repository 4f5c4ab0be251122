#ifndef C_CURL_H
#define C_CURL_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// HTTP by libcurl. Its options are variadic and its answers come through callbacks, so this shim stands
// between. libcurl is opened when the first request is made: linked, it would slow down every start.
//
// All functions but http_multi_wake belong to the one thread that opened the multi.

typedef enum http_start {
  HTTP_STARTED = 0,
  HTTP_NO_LIBRARY,      // libcurl is not installed, or is older than 7.87
  HTTP_NO_DESCRIPTORS,  // the process may not open more files
  HTTP_NO_MEMORY,
} http_start;

/// How a transfer ended.
typedef enum http_fault {
  HTTP_NONE = 0,
  HTTP_NOT_RESOLVED,
  HTTP_PROXY_NOT_RESOLVED,
  HTTP_NOT_CONNECTED,   // `system_error` has the reason
  HTTP_TIMED_OUT,       // while connecting: no other time limit is given to libcurl
  HTTP_HANDSHAKE,       // no agreement on TLS
  HTTP_CERTIFICATE,     // `verification` has the reason
  HTTP_NO_AUTHORITIES,  // the certificates to check against cannot be read
  HTTP_PROXY_REFUSED,   // `connect_status` has the proxy's answer, if it speaks HTTP
  HTTP_CLOSED,
  HTTP_BAD_REPLY,
  HTTP_BAD_ENCODING,
  HTTP_ABORTED,         // one of the callbacks said so
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

/// Called on the multi's thread while it works.
typedef struct http_callbacks {
  /// Asked before the first byte of a request goes out, each time that libcurl is about to send it.
  bool (*may_send)(void *context);
  /// One line of a reply's head with its line end; an empty one ends the head.
  void (*header)(void *context, const uint8_t *bytes, size_t count);
  /// A part of the decoded body. A paused part comes again.
  http_body_answer (*body)(void *context, const uint8_t *bytes, size_t count);
  /// Fills in the next bytes of the request's body and returns how many; 0 at its end, negative if they
  /// cannot be read.
  ptrdiff_t (*source)(void *context, uint8_t *bytes, size_t count);
} http_callbacks;

typedef struct http_multi http_multi;
typedef struct http_transfer http_transfer;

/// Blocks every signal in this thread, so that they are delivered to the others.
void http_block_signals(void);
/// Whether the process may open one more file.
bool http_has_descriptors(void);

/// The version of libcurl, such as "7.88.1"; NULL if it cannot be opened.
const char *http_library_version(void);

http_start http_multi_open(long connections_per_host, http_multi **opened);
/// Closes every connection. All transfers must have ended.
void http_multi_close(http_multi *multi);
/// Ends a wait, now or the next one. May be called from any thread.
void http_multi_wake(http_multi *multi);
/// Reads and writes what can be read and written without waiting.
void http_multi_work(http_multi *multi);
/// Waits until there is something to do. `milliseconds` < 0 waits for http_multi_wake or a connection.
void http_multi_wait(http_multi *multi, int milliseconds);
/// The context of a transfer that has come to its end, or NULL.
void *http_multi_finished(http_multi *multi, http_end *end);

/// NULL if there is not enough memory. `context` is given to every callback.
http_transfer *http_transfer_make(http_multi *multi, http_callbacks callbacks, void *context);
/// The URL is asked for byte for byte.
bool http_transfer_set_url(http_transfer *transfer, const char *url);
/// `Name: value`, for the server alone; `Name:` leaves out a field of libcurl's own.
bool http_transfer_add_header(http_transfer *transfer, const char *line);
/// Makes it a POST. The bytes are copied.
bool http_transfer_set_body(http_transfer *transfer, const uint8_t *bytes, size_t count);
/// Makes it a POST whose `count` bytes are asked for while they are sent.
bool http_transfer_set_source(http_transfer *transfer, int64_t count);
/// Another method than GET without a body and POST with one.
bool http_transfer_set_method(http_transfer *transfer, const char *name);
/// A new connection, which nothing else uses.
bool http_transfer_set_alone(http_transfer *transfer);
/// `address` "" uses no proxy.
bool http_transfer_set_proxy(http_transfer *transfer, const char *address, const char *exceptions);
/// NULL keeps the system's own.
bool http_transfer_set_authorities(http_transfer *transfer, const char *file, const char *folder);
/// "" names all that libcurl can decode.
bool http_transfer_set_encodings(http_transfer *transfer, const char *names);
/// The most that is sent and received.
bool http_transfer_set_speed(http_transfer *transfer, int64_t bytes_per_second);
bool http_transfer_set_connect_time(http_transfer *transfer, long milliseconds);
bool http_transfer_start(http_transfer *transfer);
/// Lets a paused body go on.
void http_transfer_resume(http_transfer *transfer);
/// Bytes of the request's body that have been sent.
int64_t http_transfer_uploaded(http_transfer *transfer);
/// Ends and frees it, at whatever point it is.
void http_transfer_end(http_transfer *transfer);

#endif
