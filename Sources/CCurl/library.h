#ifndef CURL_LIBRARY_H
#define CURL_LIBRARY_H
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

#include "CCurl.h"

// All functions of libcurl that are used, with the types of the library's own header.
#define CURL_FUNCTIONS(USE) \
  USE(curl_global_init) USE(curl_version_info) USE(curl_slist_append) USE(curl_slist_free_all) \
  USE(curl_easy_init) USE(curl_easy_setopt) USE(curl_easy_getinfo) USE(curl_easy_pause) \
  USE(curl_easy_cleanup) \
  USE(curl_multi_init) USE(curl_multi_setopt) USE(curl_multi_add_handle) \
  USE(curl_multi_remove_handle) USE(curl_multi_perform) USE(curl_multi_poll) \
  USE(curl_multi_wakeup) USE(curl_multi_info_read) USE(curl_multi_cleanup)

#define CURL_FIELD(name) __typeof__(&name) name;

/// The functions, after the library has been opened.
typedef struct curl_library {
  CURL_FUNCTIONS(CURL_FIELD)
} curl_library;

/// Opens the library, which stays open until the program ends.
http_start curl_library_open(const curl_library **opened);

#endif
