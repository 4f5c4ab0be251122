#include "library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

/// CURLOPT_QUICK_EXIT, the newest of the options in use, was added in 7.87.
#define OLDEST_VERSION 0x075700

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool is_open;
static curl_library library;

static http_start load(void) {
  void *handle = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) return http_has_descriptors() ? HTTP_NO_LIBRARY : HTTP_NO_DESCRIPTORS;
#define LOAD(function)                             \
  {                                                \
    void *symbol = dlsym(handle, #function);       \
    if (symbol == NULL) return HTTP_NO_LIBRARY;    \
    memcpy(&library.function, &symbol, sizeof symbol); \
  }
  CURL_FUNCTIONS(LOAD)
  if (library.curl_version_info(CURLVERSION_NOW)->version_num < OLDEST_VERSION) {
    return HTTP_NO_LIBRARY;
  }
  return library.curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? HTTP_STARTED : HTTP_NO_MEMORY;
}

http_start curl_library_open(const curl_library **opened) {
  pthread_mutex_lock(&lock);
  // The cause of a failure may disappear, so the next request tries again.
  http_start start = is_open ? HTTP_STARTED : load();
  is_open = start == HTTP_STARTED;
  pthread_mutex_unlock(&lock);
  *opened = &library;
  return start;
}

const char *http_library_version(void) {
  const curl_library *opened;
  if (curl_library_open(&opened) != HTTP_STARTED) return NULL;
  return opened->curl_version_info(CURLVERSION_NOW)->version;
}
