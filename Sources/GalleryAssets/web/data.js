// The export as it was written into the page: data, never markup.

import { usableRatio } from "./layout.js";

export const page = JSON.parse(document.getElementById("data").textContent);
for (const item of page.images) {
  item.tags ??= [];
  item.collections ??= [];
  item.prompt ??= "";
}
const places = new Map(page.images.map((item, index) => [item.id, index]));

/** The image of that id; for a generation's id, its first image. */
export const imageNamed = (id) => page.images[places.get(id) ?? places.get(id + ".1")];

/** Images of the export in some order, as the grid wants them. */
export class ExportedSource {
  isComplete = true;

  constructor(items) {
    this.items = items;
  }

  get count() { return this.items.length; }
  item(index) { return this.items[index]; }
  ratio(index) { return this.items[index].w / this.items[index].h; }
  get typicalRatio() { return usableRatio(this.count ? this.ratio(0) : 1); }
  address(index) { return "#" + this.items[index].id; }

  pictures(item) {
    if (!item.thumb) return [{ url: item.file, width: item.w }];
    const base = `thumbnails/${item.thumb.slice(0, 2)}/${item.thumb}-`;
    return page.thumbnails.map((side) => ({
      url: `${base}${side}.jpg`, width: Math.round(item.w * Math.min(1, side / Math.max(item.w, item.h))),
    }));
  }
}
