#include "WebAssets.h"

// #embed is of C23, and the compiler says so in every older mode.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char index_page[] = {
#embed "web/index.html"
};
static const unsigned char page_css[] = {
#embed "web/page.css"
};
static const unsigned char icon_svg[] = {
#embed "web/icon.svg"
};
static const unsigned char api_js[] = {
#embed "web/api.js"
};
static const unsigned char batch_js[] = {
#embed "web/batch.js"
};
static const unsigned char box_js[] = {
#embed "web/box.js"
};
static const unsigned char compare_js[] = {
#embed "web/compare.js"
};
static const unsigned char difference_js[] = {
#embed "web/difference.js"
};
static const unsigned char edits_js[] = {
#embed "web/edits.js"
};
static const unsigned char events_js[] = {
#embed "web/events.js"
};
static const unsigned char generate_js[] = {
#embed "web/generate.js"
};
static const unsigned char inspector_js[] = {
#embed "web/inspector.js"
};
static const unsigned char page_js[] = {
#embed "web/page.js"
};
static const unsigned char rail_js[] = {
#embed "web/rail.js"
};
static const unsigned char records_js[] = {
#embed "web/records.js"
};
static const unsigned char search_js[] = {
#embed "web/search.js"
};
static const unsigned char selection_js[] = {
#embed "web/selection.js"
};
static const unsigned char sidebar_js[] = {
#embed "web/sidebar.js"
};
static const unsigned char tagging_js[] = {
#embed "web/tagging.js"
};
static const unsigned char terms_js[] = {
#embed "web/terms.js"
};
static const unsigned char toasts_js[] = {
#embed "web/toasts.js"
};

// What the page shares with exported galleries.
static const unsigned char base_css[] = {
#embed "../GalleryAssets/web/base.css"
};
static const unsigned char grid_css[] = {
#embed "../GalleryAssets/web/grid.css"
};
static const unsigned char viewer_css[] = {
#embed "../GalleryAssets/web/viewer.css"
};
static const unsigned char dom_js[] = {
#embed "../GalleryAssets/web/dom.js"
};
static const unsigned char facts_js[] = {
#embed "../GalleryAssets/web/facts.js"
};
static const unsigned char grid_js[] = {
#embed "../GalleryAssets/web/grid.js"
};
static const unsigned char layout_js[] = {
#embed "../GalleryAssets/web/layout.js"
};
static const unsigned char scroll_js[] = {
#embed "../GalleryAssets/web/scroll.js"
};
static const unsigned char theme_js[] = {
#embed "../GalleryAssets/web/theme.js"
};
static const unsigned char viewer_js[] = {
#embed "../GalleryAssets/web/viewer.js"
};
static const unsigned char zoom_js[] = {
#embed "../GalleryAssets/web/zoom.js"
};

#define ASSET(name, bytes) {name, bytes, sizeof bytes}

web_asset web_asset_at(int index) {
  static const web_asset assets[] = {
    // Style sheets and scripts are joined in this order: what others need comes first.
    ASSET("base.css", base_css),
    ASSET("grid.css", grid_css),
    ASSET("viewer.css", viewer_css),
    ASSET("dom.js", dom_js),
    ASSET("facts.js", facts_js),
    ASSET("grid.js", grid_js),
    ASSET("layout.js", layout_js),
    ASSET("scroll.js", scroll_js),
    ASSET("theme.js", theme_js),
    ASSET("viewer.js", viewer_js),
    ASSET("zoom.js", zoom_js),
    ASSET("index.html", index_page),
    ASSET("page.css", page_css),
    ASSET("icon.svg", icon_svg),
    ASSET("api.js", api_js),
    ASSET("batch.js", batch_js),
    ASSET("box.js", box_js),
    ASSET("compare.js", compare_js),
    ASSET("difference.js", difference_js),
    ASSET("edits.js", edits_js),
    ASSET("events.js", events_js),
    ASSET("generate.js", generate_js),
    ASSET("inspector.js", inspector_js),
    ASSET("rail.js", rail_js),
    ASSET("records.js", records_js),
    ASSET("search.js", search_js),
    ASSET("selection.js", selection_js),
    ASSET("sidebar.js", sidebar_js),
    ASSET("tagging.js", tagging_js),
    ASSET("terms.js", terms_js),
    ASSET("toasts.js", toasts_js),
    ASSET("page.js", page_js),
    {NULL, NULL, 0},
  };
  const int last = sizeof assets / sizeof *assets - 1;
  return assets[index >= 0 && index < last ? index : last];
}
