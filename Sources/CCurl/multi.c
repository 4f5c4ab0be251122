#include "multi.h"

#include <signal.h>
#include <stdlib.h>

void http_block_signals(void) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, NULL);
}

http_start http_multi_open(long connections_per_host, http_multi **opened) {
  const curl_library *lib;
  http_start start = curl_library_open(&lib);
  if (start != HTTP_STARTED) return start;
  http_multi *multi = calloc(1, sizeof *multi);
  if (multi == NULL) return HTTP_NO_MEMORY;
  multi->lib = lib;
  multi->multi = lib->curl_multi_init();
  if (multi->multi == NULL) {
    free(multi);
    return HTTP_NO_MEMORY;
  }
  // Without multiplexing, a request never uses a connection on which another request is running.
  lib->curl_multi_setopt(multi->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING);
  lib->curl_multi_setopt(multi->multi, CURLMOPT_MAX_HOST_CONNECTIONS, connections_per_host);
  // libcurl also works without its wake-up descriptors, but then nothing could end a wait.
  if (lib->curl_multi_wakeup(multi->multi) != CURLM_OK) {
    http_multi_close(multi);
    return http_has_descriptors() ? HTTP_NO_MEMORY : HTTP_NO_DESCRIPTORS;
  }
  *opened = multi;
  return HTTP_STARTED;
}

void http_multi_close(http_multi *multi) {
  multi->lib->curl_multi_cleanup(multi->multi);
  free(multi->sockets);
  free(multi);
}

void http_multi_wake(http_multi *multi) { multi->lib->curl_multi_wakeup(multi->multi); }

void http_multi_work(http_multi *multi) {
  int running;
  multi->lib->curl_multi_perform(multi->multi, &running);
}

void http_multi_wait(http_multi *multi, int milliseconds) {
  // libcurl accepts no wait without a limit, so the limit is a day.
  multi->lib->curl_multi_poll(multi->multi, NULL, 0, milliseconds < 0 ? 86400000 : milliseconds, NULL);
}

static http_fault fault_of(CURLcode code, long connect_status) {
  switch (code) {
    case CURLE_OK: return HTTP_NONE;
    case CURLE_COULDNT_RESOLVE_HOST: return HTTP_NOT_RESOLVED;
    case CURLE_COULDNT_RESOLVE_PROXY: return HTTP_PROXY_NOT_RESOLVED;
    case CURLE_COULDNT_CONNECT:
    case CURLE_INTERFACE_FAILED: return HTTP_NOT_CONNECTED;
    case CURLE_OPERATION_TIMEDOUT: return HTTP_TIMED_OUT;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_ENGINE_INITFAILED: return HTTP_HANDSHAKE;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_INVALIDCERTSTATUS: return HTTP_CERTIFICATE;
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE: return HTTP_NO_AUTHORITIES;
    case CURLE_PROXY: return HTTP_PROXY_REFUSED;
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM: return HTTP_CLOSED;
    case CURLE_RECV_ERROR: return connect_status >= 300 ? HTTP_PROXY_REFUSED : HTTP_CLOSED;
    case CURLE_UNSUPPORTED_PROTOCOL:  // HTTP/0.9
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_HTTP_RETURNED_ERROR: return HTTP_BAD_REPLY;
    case CURLE_BAD_CONTENT_ENCODING: return HTTP_BAD_ENCODING;
    case CURLE_ABORTED_BY_CALLBACK:
    case CURLE_WRITE_ERROR: return HTTP_ABORTED;
    default: return HTTP_FAILED;
  }
}

static http_end describe(const http_transfer *transfer, CURLcode code) {
  http_end end = {.connect_port = transfer->connect_port};
  long number = 0;
  transfer->lib->curl_easy_getinfo(transfer->easy, CURLINFO_HTTP_CONNECTCODE, &end.connect_status);
  transfer->lib->curl_easy_getinfo(transfer->easy, CURLINFO_OS_ERRNO, &number);
  end.system_error = transfer->socket_error ? transfer->socket_error : (int)number;
  transfer->lib->curl_easy_getinfo(transfer->easy, CURLINFO_SSL_VERIFYRESULT, &end.verification);
  if (end.verification == 0) {
    transfer->lib->curl_easy_getinfo(
        transfer->easy, CURLINFO_PROXY_SSL_VERIFYRESULT, &end.verification);
  }
  end.fault = fault_of(code, end.connect_status);
  return end;
}

/// Starts a transfer again on a new connection.
static bool restart(http_transfer *transfer) {
  const curl_library *lib = transfer->lib;
  lib->curl_multi_remove_handle(transfer->multi->multi, transfer->easy);
  return lib->curl_easy_setopt(transfer->easy, CURLOPT_FRESH_CONNECT, 1L) == CURLE_OK &&
         lib->curl_multi_add_handle(transfer->multi->multi, transfer->easy) == CURLM_OK;
}

/// The connection had unread bytes and was closed; libcurl opens a new one. Nothing of the request was
/// sent.
static bool restart_fresh(http_transfer *transfer) {
  if (!transfer->is_stale) return false;
  transfer->is_stale = false;
  return restart(transfer);
}

/// The head of the reply was not passed on, so the next reply is the only one.
static bool restart_raw(http_transfer *transfer) {
  if (!transfer->needs_restart) return false;
  transfer->needs_restart = false;
  return restart(transfer);
}

/// The server may have ended the handshake because HTTP/2 was not offered.
static bool restart_with_two(http_transfer *transfer, CURLcode code) {
  if (code != CURLE_SSL_CONNECT_ERROR || !transfer->may_speak_two) return false;
  transfer->may_speak_two = false;
  return transfer->lib->curl_easy_setopt(
             transfer->easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS) == CURLE_OK &&
         restart(transfer);
}

void *http_multi_finished(http_multi *multi, http_end *end) {
  int left;
  for (CURLMsg *message; (message = multi->lib->curl_multi_info_read(multi->multi, &left));) {
    if (message->msg != CURLMSG_DONE) continue;
    CURLcode code = message->data.result;
    http_transfer *transfer;
    multi->lib->curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&transfer);
    if (restart_fresh(transfer) || restart_raw(transfer) || restart_with_two(transfer, code)) {
      continue;
    }
    *end = describe(transfer, code);
    return transfer->context;
  }
  return NULL;
}
