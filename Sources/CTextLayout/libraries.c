#include "libraries.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

static text_status missing(text_failure *failure, const char *name) {
  failure->status = TEXT_NO_LIBRARY;
  snprintf(failure->detail, sizeof failure->detail, "%s", name);
  return TEXT_NO_LIBRARY;
}

text_status text_libraries_open(text_libraries *libraries, text_failure *failure) {
  void *handle;
#define LOAD(function)                                              \
  {                                                                 \
    void *symbol = dlsym(handle, #function);                        \
    if (symbol == NULL) return missing(failure, #function);         \
    memcpy(&libraries->function, &symbol, sizeof symbol);           \
  }
#define OPEN(file) \
  handle = dlopen(file, RTLD_NOW | RTLD_LOCAL); \
  if (handle == NULL) return missing(failure, file);

  OPEN("libfreetype.so.6")
  TEXT_FREETYPE(LOAD)
  OPEN("libharfbuzz.so.0")
  TEXT_HARFBUZZ(LOAD)
  OPEN("libfontconfig.so.1")
  TEXT_FONTCONFIG(LOAD)
  return TEXT_OK;
}
