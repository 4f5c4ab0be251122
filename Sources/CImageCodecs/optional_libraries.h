#ifndef SB_OPTIONAL_LIBRARIES_H
#define SB_OPTIONAL_LIBRARIES_H
#include "outcome.h"

// Libraries for formats that are rare here. They are opened for the first such file, because
// linking them would delay every command by milliseconds. A build needs only their headers.

/// Opens a library and finds its functions, once in a process.
///
/// `functions` points to `count` function pointers, and `names` to the names of the functions.
int sb_library_open(const char *file, const char *const *names, void **functions, int count);

#define SB_FIELD(name) __typeof__(&name) name;
#define SB_NAME(name) #name,

#endif
