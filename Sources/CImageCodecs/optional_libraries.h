#ifndef SB_OPTIONAL_LIBRARIES_H
#define SB_OPTIONAL_LIBRARIES_H
#include "outcome.h"

// Libraries for formats that are rare here. They are opened when the first such file comes: linked, they
// would cost every command milliseconds. Only their headers are needed to build.

/// Opens a library and finds its functions, once in a process.
///
/// `functions` points to `count` function pointers, `names` to their names.
int sb_library_open(const char *file, const char *const *names, void **functions, int count);

#define SB_FIELD(name) __typeof__(&name) name;
#define SB_NAME(name) #name,

#endif
