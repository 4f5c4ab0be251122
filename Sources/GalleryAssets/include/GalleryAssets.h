#ifndef GALLERY_ASSETS_H
#define GALLERY_ASSETS_H
#include <stddef.h>

/// Some bytes of the gallery's page, which live as long as the program.
typedef struct gallery_asset {
  const unsigned char *bytes;
  size_t count;
} gallery_asset;

/// The markup between <body> and the data.
gallery_asset gallery_body(void);
/// The style sheets, by number from 0; no bytes behind the last.
gallery_asset gallery_style(int index);
/// The scripts in the order in which they run, by number from 0; no bytes behind the last.
gallery_asset gallery_script(int index);

#endif
