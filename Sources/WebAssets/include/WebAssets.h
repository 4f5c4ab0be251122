#ifndef WEB_ASSETS_H
#define WEB_ASSETS_H
#include <stddef.h>

/// One file of the live page, which lives as long as the program.
typedef struct web_asset {
  /// The file name, as in `/assets/NAME`; NULL after the last file.
  const char *name;
  const unsigned char *bytes;
  size_t count;
} web_asset;

/// The files by number from 0; `index.html` is the page itself.
web_asset web_asset_at(int index);

#endif
