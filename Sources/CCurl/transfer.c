#include <stdlib.h>
#include <string.h>

#include "multi.h"

static int before_request(
    void *context, char *remote, char *local, int remote_port, int local_port) {
  (void)remote;
  (void)local;
  http_transfer *transfer = context;
  // In TLS, session tickets and close notices may be waiting too. Only the server can have written
  // them.
  if (!transfer->is_alone && !transfer->is_tls &&
      http_socket_is_stale(transfer->multi, local_port, remote_port)) {
    transfer->is_stale = true;
    return CURL_PREREQFUNC_ABORT;
  }
  return transfer->callbacks.may_send(transfer->context) ? CURL_PREREQFUNC_OK
                                                         : CURL_PREREQFUNC_ABORT;
}

static size_t header(char *bytes, size_t size, size_t count, void *context) {
  http_transfer *transfer = context;
  if (!http_transfer_accepts_line(transfer, bytes, size * count)) return 0;
  transfer->callbacks.header(transfer->context, (const uint8_t *)bytes, size * count);
  return size * count;
}

static size_t body(char *bytes, size_t size, size_t count, void *context) {
  http_transfer *transfer = context;
  switch (transfer->callbacks.body(transfer->context, (const uint8_t *)bytes, size * count)) {
    case HTTP_TAKEN: return size * count;
    case HTTP_PAUSE: return CURL_WRITEFUNC_PAUSE;
    case HTTP_ABORT: break;
  }
  return CURL_WRITEFUNC_ERROR;
}

static size_t source(char *bytes, size_t size, size_t count, void *context) {
  http_transfer *transfer = context;
  ptrdiff_t taken = transfer->callbacks.source(transfer->context, (uint8_t *)bytes, size * count);
  return taken < 0 ? CURL_READFUNC_ABORT : (size_t)taken;
}

static curl_socket_t open_socket(
    void *context, curlsocktype purpose, struct curl_sockaddr *address) {
  (void)purpose;
  return http_socket_open(context, address);
}

// Each option of libcurl has a type; a value of another type would be misread.
static bool set_number(http_transfer *transfer, CURLoption option, long value) {
  return transfer->lib->curl_easy_setopt(transfer->easy, option, value) == CURLE_OK;
}

static bool set_text(http_transfer *transfer, CURLoption option, const char *value) {
  return transfer->lib->curl_easy_setopt(transfer->easy, option, value) == CURLE_OK;
}

static bool set_pointer(http_transfer *transfer, CURLoption option, void *value) {
  return transfer->lib->curl_easy_setopt(transfer->easy, option, value) == CURLE_OK;
}

#define SET_FUNCTION(option, function) \
  (transfer->lib->curl_easy_setopt(transfer->easy, option, function) == CURLE_OK)

static bool set_callbacks(http_transfer *transfer) {
  return SET_FUNCTION(CURLOPT_PREREQFUNCTION, before_request) &&
         set_pointer(transfer, CURLOPT_PREREQDATA, transfer) &&
         SET_FUNCTION(CURLOPT_HEADERFUNCTION, header) &&
         set_pointer(transfer, CURLOPT_HEADERDATA, transfer) &&
         SET_FUNCTION(CURLOPT_WRITEFUNCTION, body) &&
         set_pointer(transfer, CURLOPT_WRITEDATA, transfer) &&
         SET_FUNCTION(CURLOPT_OPENSOCKETFUNCTION, open_socket) &&
         set_pointer(transfer, CURLOPT_OPENSOCKETDATA, transfer) &&
         SET_FUNCTION(CURLOPT_CLOSESOCKETFUNCTION, http_socket_close) &&
         set_pointer(transfer, CURLOPT_CLOSESOCKETDATA, transfer->multi) &&
         set_pointer(transfer, CURLOPT_PRIVATE, transfer);
}

static bool set_rules(http_transfer *transfer) {
  return set_text(transfer, CURLOPT_PROTOCOLS_STR, "http,https") &&
         set_text(transfer, CURLOPT_REDIR_PROTOCOLS_STR, "http,https") &&
         set_number(transfer, CURLOPT_FOLLOWLOCATION, 0) &&
         set_number(transfer, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS) &&
         set_number(transfer, CURLOPT_HTTP09_ALLOWED, 0) &&
         set_number(transfer, CURLOPT_PATH_AS_IS, 1) &&
         set_number(transfer, CURLOPT_HEADEROPT, CURLHEADER_SEPARATE) &&
         set_number(transfer, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1) &&
         set_number(transfer, CURLOPT_NETRC, CURL_NETRC_IGNORED) &&
         set_number(transfer, CURLOPT_SSL_VERIFYPEER, 1) &&
         set_number(transfer, CURLOPT_SSL_VERIFYHOST, 2) &&
         set_number(transfer, CURLOPT_TCP_KEEPALIVE, 1) &&
         set_number(transfer, CURLOPT_MAXAGE_CONN, 15) &&
         set_number(transfer, CURLOPT_BUFFERSIZE, 65536) &&
         // The default is 64 KB. libcurl waits for the socket after each.
         set_number(transfer, CURLOPT_UPLOAD_BUFFERSIZE, 256 << 10) &&
         set_number(transfer, CURLOPT_NOSIGNAL, 1) &&
         // A transfer that ends while a name is being resolved must not wait for the resolver.
         set_number(transfer, CURLOPT_QUICK_EXIT, 1) &&
         // libcurl would pause a large body for a "100 Continue", and repeat it after a 417.
         http_transfer_add_header(transfer, "Expect:");
}

http_transfer *http_transfer_make(http_multi *multi, http_callbacks callbacks, void *context) {
  http_transfer *transfer = calloc(1, sizeof *transfer);
  if (transfer == NULL) return NULL;
  transfer->lib = multi->lib;
  transfer->multi = multi;
  transfer->may_repeat = true;
  transfer->callbacks = callbacks;
  transfer->context = context;
  transfer->easy = multi->lib->curl_easy_init();
  if (transfer->easy == NULL || !set_callbacks(transfer) || !set_rules(transfer)) {
    http_transfer_end(transfer);
    return NULL;
  }
  return transfer;
}

bool http_transfer_set_url(http_transfer *transfer, const char *url) {
  transfer->is_tls = strncmp(url, "https:", 6) == 0;
  return set_text(transfer, CURLOPT_URL, url);
}

bool http_transfer_add_header(http_transfer *transfer, const char *line) {
  struct curl_slist *longer = transfer->lib->curl_slist_append(transfer->headers, line);
  if (longer == NULL) return false;
  transfer->headers = longer;
  return true;
}

static bool set_post(http_transfer *transfer, int64_t count) {
  // A server may answer before it has read the body, and then reset the HTTP/2 stream. libcurl 7.88
  // sometimes takes this for a broken reply. With HTTP/1.1 the reply is complete.
  transfer->may_speak_two = true;
  transfer->may_repeat = false;
  return set_number(transfer, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1) &&
         set_number(transfer, CURLOPT_POST, 1) &&
         transfer->lib->curl_easy_setopt(
             transfer->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count) == CURLE_OK;
}

bool http_transfer_set_body(http_transfer *transfer, const uint8_t *bytes, size_t count) {
  return set_post(transfer, (int64_t)count) &&
         transfer->lib->curl_easy_setopt(transfer->easy, CURLOPT_COPYPOSTFIELDS, bytes) == CURLE_OK;
}

bool http_transfer_set_source(http_transfer *transfer, int64_t count) {
  return set_post(transfer, count) && SET_FUNCTION(CURLOPT_READFUNCTION, source) &&
         set_pointer(transfer, CURLOPT_READDATA, transfer);
}

bool http_transfer_set_method(http_transfer *transfer, const char *name) {
  transfer->may_repeat = false;
  // libcurl would wait for the body that a reply to HEAD announces.
  if (strcmp(name, "HEAD") == 0) return set_number(transfer, CURLOPT_NOBODY, 1);
  return set_text(transfer, CURLOPT_CUSTOMREQUEST, name);
}

bool http_transfer_set_alone(http_transfer *transfer) {
  transfer->is_alone = true;
  transfer->may_repeat = false;
  return set_number(transfer, CURLOPT_FRESH_CONNECT, 1) &&
         set_number(transfer, CURLOPT_FORBID_REUSE, 1);
}

bool http_transfer_set_proxy(http_transfer *transfer, const char *address, const char *exceptions) {
  // Both are always set, because libcurl would read missing ones from the environment.
  return set_text(transfer, CURLOPT_PROXY, address) &&
         set_text(transfer, CURLOPT_NOPROXY, exceptions);
}

bool http_transfer_set_authorities(http_transfer *transfer, const char *file, const char *folder) {
  // If a file is given, the system's folder is still used, as in other programs. If no file is
  // given, the folder has the same certificates as the system's file. The folder would then prevent
  // libcurl from caching the file, so the folder is set to NULL.
  if ((folder != NULL || file == NULL) &&
      !(set_text(transfer, CURLOPT_CAPATH, folder) &&
        set_text(transfer, CURLOPT_PROXY_CAPATH, folder))) {
    return false;
  }
  return file == NULL || (set_text(transfer, CURLOPT_CAINFO, file) &&
                          set_text(transfer, CURLOPT_PROXY_CAINFO, file));
}

bool http_transfer_set_encodings(http_transfer *transfer, const char *names) {
  return set_text(transfer, CURLOPT_ACCEPT_ENCODING, names);
}

bool http_transfer_set_speed(http_transfer *transfer, int64_t bytes_per_second) {
  curl_off_t speed = bytes_per_second;
  return transfer->lib->curl_easy_setopt(transfer->easy, CURLOPT_MAX_SEND_SPEED_LARGE, speed) ==
             CURLE_OK &&
         transfer->lib->curl_easy_setopt(transfer->easy, CURLOPT_MAX_RECV_SPEED_LARGE, speed) ==
             CURLE_OK;
}

bool http_transfer_set_connect_time(http_transfer *transfer, long milliseconds) {
  return set_number(transfer, CURLOPT_CONNECTTIMEOUT_MS, milliseconds);
}

bool http_transfer_start(http_transfer *transfer) {
  if (!set_pointer(transfer, CURLOPT_HTTPHEADER, transfer->headers)) return false;
  transfer->is_started =
      transfer->lib->curl_multi_add_handle(transfer->multi->multi, transfer->easy) == CURLM_OK;
  return transfer->is_started;
}

void http_transfer_resume(http_transfer *transfer) {
  transfer->lib->curl_easy_pause(transfer->easy, CURLPAUSE_CONT);
}

int64_t http_transfer_uploaded(http_transfer *transfer) {
  curl_off_t count = 0;
  transfer->lib->curl_easy_getinfo(transfer->easy, CURLINFO_SIZE_UPLOAD_T, &count);
  return count;
}

void http_transfer_end(http_transfer *transfer) {
  const curl_library *lib = transfer->lib;
  if (transfer->is_started) {
    lib->curl_multi_remove_handle(transfer->multi->multi, transfer->easy);
  }
  if (transfer->easy) lib->curl_easy_cleanup(transfer->easy);
  if (transfer->headers) lib->curl_slist_free_all(transfer->headers);
  free(transfer);
}
