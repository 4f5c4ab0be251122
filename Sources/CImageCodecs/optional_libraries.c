#include "optional_libraries.h"

#include <dlfcn.h>

int sb_library_open(const char *file, const char *const *names, void **functions, int count) {
  void *handle = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) return 0;
  for (int i = 0; i < count; i++) {
    functions[i] = dlsym(handle, names[i]);
    if (functions[i] == NULL) return 0;
  }
  return 1;
}
