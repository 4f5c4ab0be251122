#include "GalleryAssets.h"

// #embed is of C23, and the compiler says so in every older mode.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char body[] = {
#embed "web/body.html"
};
static const unsigned char base_style[] = {
#embed "web/base.css"
};
static const unsigned char grid_style[] = {
#embed "web/grid.css"
};
static const unsigned char viewer_style[] = {
#embed "web/viewer.css"
};
static const unsigned char dom_script[] = {
#embed "web/dom.js"
};
static const unsigned char layout_script[] = {
#embed "web/layout.js"
};
static const unsigned char scroll_script[] = {
#embed "web/scroll.js"
};
static const unsigned char grid_script[] = {
#embed "web/grid.js"
};
static const unsigned char zoom_script[] = {
#embed "web/zoom.js"
};
static const unsigned char facts_script[] = {
#embed "web/facts.js"
};
static const unsigned char theme_script[] = {
#embed "web/theme.js"
};
static const unsigned char viewer_script[] = {
#embed "web/viewer.js"
};
static const unsigned char data_script[] = {
#embed "web/data.js"
};
static const unsigned char fold_script[] = {
#embed "web/fold.js"
};
static const unsigned char dates_script[] = {
#embed "web/dates.js"
};
static const unsigned char query_script[] = {
#embed "web/query.js"
};
static const unsigned char filters_script[] = {
#embed "web/filters.js"
};
static const unsigned char main_script[] = {
#embed "web/gallery.js"
};

#define ASSET(name) {name, sizeof name}

gallery_asset gallery_body(void) {
  gallery_asset asset = ASSET(body);
  return asset;
}

gallery_asset gallery_style(int index) {
  static const gallery_asset styles[] = {
    ASSET(base_style), ASSET(grid_style), ASSET(viewer_style), {NULL, 0},
  };
  const int last = sizeof styles / sizeof *styles - 1;
  return styles[index >= 0 && index < last ? index : last];
}

gallery_asset gallery_script(int index) {
  static const gallery_asset scripts[] = {
    ASSET(dom_script), ASSET(layout_script), ASSET(scroll_script), ASSET(grid_script),
    ASSET(zoom_script), ASSET(facts_script), ASSET(theme_script), ASSET(viewer_script),
    ASSET(data_script), ASSET(fold_script), ASSET(dates_script), ASSET(query_script),
    ASSET(filters_script), ASSET(main_script), {NULL, 0},
  };
  const int last = sizeof scripts / sizeof *scripts - 1;
  return scripts[index >= 0 && index < last ? index : last];
}
