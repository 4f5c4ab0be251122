// The grid: only the pictures near the window exist as elements, however many the result has.

import { afterPaint, make, pause } from "./dom.js";
import { JustifiedLayout, UniformLayout, gap } from "./layout.js";
import { VirtualScroll } from "./scroll.js";

/** Wanted row heights in pixels, from an overview to single pictures. */
export const zoomLevels = [80, 112, 150, 200, 264, 360, 520];
/** Tiles have two or three elements each; the whole page stays under 1,000. */
const mostTiles = 200;
/** Tiles out of sight that are made in one frame. A whole row would take longer than the frame lasts. */
const mostMadeAhead = 3;
/** Milliseconds that everything else waits for the images in the window. */
const longestWait = 400;
const edge = 12;
/** Space below the last row, for messages at the foot of the window. */
const foot = 56;
const mostPrinted = 2000;

/**
 * A source has `count`, `item(index)`, `ratio(index)`, `pictures(item)` (thumbnails with their widths in
 * pixels), `want(first, end)` and `isComplete` (every item and ratio is known). Hooks: `open(index)`,
 * `moved(index)`, `decorate(tile, index, item)`, `scrolled(grid)`.
 */
export class PictureGrid {
  source = null;
  layout = null;
  current = 0;
  level = 3;
  isSquare = false;
  tiles = new Map();
  /** Where each tile was placed, and which rows have tiles. What did not change is not written again. */
  placed = new WeakMap();
  painted = null;
  /** The time of the frame in which tiles out of sight were made last, and how many. */
  frame = null;
  madeAhead = 0;
  /** Resolves when the images in the window of the last result have loaded, or after a short time. */
  shown = Promise.resolve();
  isPrinting = false;

  constructor(scroller, canvas, hooks = {}) {
    this.scroller = scroller;
    this.canvas = canvas;
    this.hooks = hooks;
    this.scroll = new VirtualScroll(scroller);
    let isWaiting = false;
    scroller.addEventListener("scroll", () => {
      if (isWaiting) return;
      isWaiting = true;
      requestAnimationFrame(() => { isWaiting = false; this.scroll.follow(); this.paint(); this.settleSoon(); });
    }, { passive: true });
    canvas.addEventListener("focusin", (event) => {
      const index = this.indexOf(event.target);
      if (index != null) this.setCurrent(index);
    });
    canvas.addEventListener("click", (event) => {
      const index = this.indexOf(event.target);
      if (index != null) hooks.open?.(index, event);
    });
    canvas.addEventListener("keydown", (event) => this.move(event));
    new ResizeObserver(() => {
      if (this.isPrinting || !this.source) return;
      if (canvas.clientWidth !== this.width || scroller.clientHeight !== this.view) {
        requestAnimationFrame(() => this.layOut());
      }
    }).observe(scroller);
    addEventListener("beforeprint", () => this.startPrinting());
    addEventListener("afterprint", () => this.endPrinting());
  }

  /** The index of the tile that an element belongs to. */
  indexOf(element) {
    const tile = element.closest?.("[data-index]");
    return tile && this.canvas.contains(tile) ? Number(tile.dataset.index) : null;
  }

  /**
   * Shows another result. `keepsScroll` leaves the window where it is; with `anchor`, the picture that was at
   * index `from` of the last result and is at `to` of this one stays where it is seen.
   */
  show(source, { current = 0, keepsScroll = false, anchor } = {}) {
    const hadFocus = this.canvas.contains(document.activeElement);
    let position = this.scroll.position;
    const isAnchored = anchor && anchor.to >= 0 && anchor.from >= 0 && this.layout?.rowCount;
    const away = isAnchored ? this.topOf(this.layout.rowOf(anchor.from)) - position : 0;
    this.clear();
    this.source = source;
    this.current = Math.min(Math.max(0, current), Math.max(0, source.count - 1));
    this.measure();
    if (isAnchored && anchor.to < source.count) position = this.topOf(this.layout.rowOf(anchor.to)) - away;
    this.scroll.moveTo(keepsScroll ? position : 0);
    // The images in the window are loaded first, then those around it.
    this.paint({ surrounds: false });
    const loaded = this.imagesLoaded();
    this.shown = afterPaint().then(() => Promise.race([loaded, pause(longestWait)]));
    this.shown.then(() => this.paint());
    if (!hadFocus || !source.count) return;
    if (keepsScroll) this.tileOf(this.current).focus({ preventScroll: true }); else this.focus(this.current);
  }

  clear() {
    for (const tile of this.tiles.values()) this.drop(tile);
    this.tiles.clear();
    this.painted = null;
  }

  setZoom(level) {
    const clamped = Math.min(Math.max(0, level), zoomLevels.length - 1);
    if (clamped === this.level) return;
    this.level = clamped;
    this.layOut();
  }

  setSquare(isSquare) {
    this.isSquare = isSquare;
    this.layOut();
  }

  /** Makes the layout anew; the picture at the top of the window stays there. */
  layOut() {
    if (!this.source) return;
    const anchor = this.layout && this.layout.rowCount ? this.firstVisible() : 0;
    const wasDetailed = this.isDetailed;
    this.current = Math.min(this.current, Math.max(0, this.source.count - 1));
    this.measure();
    if (this.source.count) {
      this.scroll.moveTo(anchor === 0 ? 0 : this.topOf(this.layout.rowOf(Math.min(anchor, this.source.count - 1))) - edge);
    }
    // Small tiles have no captions.
    if (this.isDetailed === wasDetailed) this.paint(); else this.update();
  }

  measure() {
    this.width = this.canvas.clientWidth;
    this.view = this.scroller.clientHeight;
    const area = this.width * this.view;
    // So many pictures are in sight at most that the page's number of elements stays bounded.
    const smallest = Math.sqrt(area / (mostTiles * .6));
    const phone = this.width < 480 ? .64 : this.width < 900 ? .8 : 1;
    const wanted = Math.max(zoomLevels[this.level] * phone, smallest);
    this.layout = this.isSquare || !this.source.isComplete
      ? new UniformLayout(this.source, this.width, wanted, { typical: this.source.typicalRatio, isSquare: this.isSquare })
      : new JustifiedLayout(this.source, this.width, wanted);
    this.canvas.style.height = this.scroll.resize(this.layout.total + edge + foot, this.view) + "px";
    this.isDetailed = wanted >= 100;
    this.painted = null;
  }

  topOf(row) { return edge + this.layout.top(row); }

  /** The first picture of the first row in sight. */
  firstVisible() {
    if (!this.layout.rowCount) return 0;
    return this.layout.range(this.layout.rowAt(this.scroll.position - edge)).first;
  }

  /** First and last row in sight. */
  visibleRows() {
    const top = this.scroll.position - edge;
    const from = this.layout.rowAt(top);
    let to = this.layout.rowAt(top + this.view);
    while (to > from && this.layout.top(to) > top + this.view) to--;
    return { from, to };
  }

  /** The rows that get tiles: those in sight, and with `surrounds` as many above and below them. */
  rowsToPaint({ from, to }, surrounds) {
    let left = mostTiles - (this.layout.range(to).end - this.layout.range(from).first);
    for (let rows = surrounds ? to - from + 1 : 0; rows > 0 && left > 0; rows--) {
      if (to + 1 < this.layout.rowCount) { to++; left -= this.layout.range(to).end - this.layout.range(to).first; }
      if (from > 0 && left > 0) { from--; left -= this.layout.range(from).end - this.layout.range(from).first; }
    }
    return { from, to };
  }

  /**
   * Makes the tiles near the window and drops those far from it, except the one that has the focus. While one scrolls
   * within a row, nothing is written: the browser moves what exists.
   */
  paint({ surrounds = true } = {}) {
    if (this.isPrinting || !this.source) return;
    const isEmpty = !this.layout.rowCount || !this.source.count;
    const seen = isEmpty ? { from: 0, to: -1 } : this.visibleRows();
    const { offset } = this.scroll;
    const last = this.painted;
    if (last?.from !== seen.from || last.to !== seen.to || last.offset !== offset || last.surrounds !== surrounds) {
      this.painted = { ...seen, offset, surrounds };
      this.makeTiles(isEmpty ? seen : this.rowsToPaint(seen, surrounds), seen);
      if (!isEmpty) this.source.want?.(this.layout.range(seen.from).first, this.layout.range(seen.to).end);
    }
    this.hooks.scrolled?.(this);
  }

  /** Makes the tiles of rows: those in sight at once, the others a few in each frame. */
  makeTiles({ from, to }, seen) {
    cancelAnimationFrame(this.following);
    const frame = document.timeline.currentTime;
    if (frame !== this.frame) {
      this.frame = frame;
      this.madeAhead = 0;
    }
    let isUnfinished = false;
    const wanted = new Map();
    for (let row = from; row <= to; row++) {
      for (const place of this.layout.places(row)) wanted.set(place.index, { ...place, row });
    }
    for (const [index, tile] of this.tiles) {
      if (wanted.has(index)) continue;
      const row = index < this.source.count ? this.layout.rowOf(index) : -1;
      // The number of rows in sight alternates. A row just outside keeps its tiles, so that they are not made again.
      if (row >= 0 && (tile === document.activeElement || (row >= from - 1 && row <= to + 1))) {
        wanted.set(index, { ...this.layout.places(row).find((place) => place.index === index), row });
        continue;
      }
      this.drop(tile);
      this.tiles.delete(index);
    }
    // In the order of the pictures, so that tabbing and screen readers follow what the eye sees.
    let previous = null;
    for (const index of [...wanted.keys()].sort((a, b) => a - b)) {
      let tile = this.tiles.get(index);
      if (!tile) {
        const { row } = wanted.get(index);
        if (row < seen.from || row > seen.to) {
          if (this.madeAhead === mostMadeAhead) {
            isUnfinished = true;
            continue;
          }
          this.madeAhead++;
        }
        tile = this.makeTile(index);
        this.tiles.set(index, tile);
        this.place(tile, wanted.get(index));
        if (previous) previous.after(tile); else this.canvas.prepend(tile);
      } else {
        this.place(tile, wanted.get(index));
      }
      previous = tile;
    }
    this.markCurrent();
    if (isUnfinished) this.following = requestAnimationFrame(() => this.makeTiles({ from, to }, seen));
  }

  /** Resolves when the images that have tiles now have loaded, or cannot be. */
  imagesLoaded() {
    const loading = [...this.tiles.values()].map((tile) => tile.firstChild).filter((image) => image.src && !image.complete);
    return Promise.all(loading.map((image) => new Promise((resolve) => {
      for (const end of ["load", "error"]) image.addEventListener(end, resolve, { once: true });
    })));
  }

  /** Fills in what has become known. */
  update(isChanged = () => true) {
    for (const [index, tile] of this.tiles) if (isChanged(index)) this.fill(tile, index);
    // Shapes that have become known move the other images of their row.
    this.painted = null;
    this.paint();
  }

  makeTile(index) {
    const tile = make("a", { class: "tile", "data-index": index, tabindex: "-1" });
    tile.append(make("img", { alt: "", draggable: "false", decoding: "async" }));
    this.fill(tile, index);
    return tile;
  }

  fill(tile, index) {
    const item = this.source.item(index);
    tile.href = this.source.address(index);
    if (item) {
      const image = tile.firstChild;
      const words = item.prompt.length > 240 ? item.prompt.slice(0, 240) + "…" : item.prompt;
      image.alt = words || "Image " + item.id;
      if (item.color) tile.style.backgroundColor = item.color;
      this.setPicture(image, item);
      let caption = tile.querySelector(".caption");
      if (this.isDetailed) {
        caption ??= tile.appendChild(make("span", { class: "caption", "aria-hidden": "true", dir: "auto" }));
        caption.textContent = item.prompt.slice(0, 300);
        caption.dataset.seed = item.seed == null ? "#" + item.id : `#${item.id} · seed ${item.seed}`;
      } else {
        caption?.remove();
      }
      const marks = [item.favorite && "♥", item.rating && `★\u2009${item.rating}`].filter(Boolean).join("  ");
      if (marks) tile.dataset.marks = marks; else delete tile.dataset.marks;
    }
    this.hooks.decorate?.(tile, index, item);
  }

  /** The browser takes the smallest thumbnail that is sharp; `sizes` comes with the place. */
  setPicture(image, item) {
    const pictures = this.source.pictures(item);
    if (image.dataset.source === pictures[0]?.url) return;
    image.dataset.source = pictures[0]?.url ?? "";
    if (!pictures.length) return image.removeAttribute("src");
    if (pictures.length > 1) image.srcset = pictures.map(({ url, width }) => `${url} ${width}w`).join(", ");
    image.classList.remove("failed");
    image.onerror = () => image.classList.add("failed");
    image.src = pictures[0].url;
  }

  place(tile, { x, width, row }) {
    const y = this.topOf(row) - this.scroll.offset, height = this.layout.height(row);
    const last = this.placed.get(tile);
    if (last?.x === x && last.y === y && last.width === width && last.height === height) return;
    this.placed.set(tile, { x, y, width, height });
    tile.style.transform = `translate(${x}px, ${y}px)`;
    if (last?.width !== width) {
      tile.style.width = width + "px";
      // The browser chooses among the thumbnails again whenever this is written.
      tile.firstChild.sizes = Math.ceil(width) + "px";
    }
    if (last?.height !== height) tile.style.height = height + "px";
  }

  /** Removes a tile and cancels the loading of its image. */
  drop(tile) {
    if (!tile.firstChild.complete) {
      tile.firstChild.removeAttribute("srcset");
      tile.firstChild.removeAttribute("src");
    }
    tile.remove();
  }

  /** One tile is in the order of tabbing; arrows move among them. */
  markCurrent() {
    let tabbed = this.tiles.has(this.current) ? this.current : null;
    if (tabbed == null && this.tiles.size) tabbed = Math.min(...this.tiles.keys());
    for (const [index, tile] of this.tiles) {
      const place = index === tabbed ? 0 : -1;
      if (tile.tabIndex !== place) tile.tabIndex = place;
      tile.classList.toggle("current", index === this.current);
    }
  }

  /** Whether a picture is in sight: half of it, or so much of it that it fills half of the window. */
  isSeen(index) {
    if (!this.layout?.rowCount || index >= this.source.count) return false;
    // The page may have been scrolled since the last frame.
    this.scroll.follow();
    const row = this.layout.rowOf(index), height = this.layout.height(row);
    const top = this.topOf(row) - this.scroll.position;
    const seen = Math.min(top + height, this.view) - Math.max(top, 0);
    return seen * 2 >= Math.min(height, this.view);
  }

  /** Shows the row of a picture first, and makes the picture the current one. */
  startAt(index) {
    const hadFocus = this.canvas.contains(document.activeElement);
    this.setCurrent(index);
    this.scroll.moveTo(this.topOf(this.layout.rowOf(index)) - edge);
    this.paint();
    if (hadFocus) this.tileOf(index).focus({ preventScroll: true });
  }

  setCurrent(index) {
    if (index === this.current) return;
    this.current = index;
    this.markCurrent();
    this.hooks.moved?.(index);
  }

  /** Scrolls as little as is needed to see a picture whole. */
  reveal(index) {
    const row = this.layout.rowOf(index);
    const top = this.topOf(row), bottom = top + this.layout.height(row);
    const position = this.scroll.position;
    if (top - edge < position) this.scroll.moveTo(row === 0 ? 0 : top - edge);
    else if (bottom + edge > position + this.view) this.scroll.moveTo(bottom + edge - this.view);
    else return;
    this.paint();
  }

  /** The tile of a picture, made if it is out of sight. */
  tileOf(index) {
    let tile = this.tiles.get(index);
    if (!tile) {
      tile = this.makeTile(index);
      this.tiles.set(index, tile);
      this.canvas.append(tile);
      const row = this.layout.rowOf(index);
      this.place(tile, { ...this.layout.places(row).find((place) => place.index === index), row });
    }
    return tile;
  }

  focus(index) {
    if (!this.source || index < 0 || index >= this.source.count) return;
    this.setCurrent(index);
    this.reveal(index);
    this.paint();
    this.tiles.get(index)?.focus({ preventScroll: true });
  }

  /** The picture above or below whose middle is nearest. */
  neighbour(index, step) {
    const from = this.layout.rowOf(index);
    const to = Math.min(Math.max(0, from + step), this.layout.rowCount - 1);
    if (to === from) return index;
    const middle = (place) => place.x + place.width / 2;
    const wanted = middle(this.layout.places(from).find((place) => place.index === index));
    return this.layout.places(to).reduce((best, place) =>
      Math.abs(middle(place) - wanted) < Math.abs(middle(best) - wanted) ? place : best).index;
  }

  /** Where a key leads from the current picture; undefined for other keys. */
  destination(key) {
    const rtl = getComputedStyle(this.canvas).direction === "rtl" ? -1 : 1;
    const page = () => {
      const { from, to } = this.visibleRows();
      return Math.max(1, to - from);
    };
    switch (key) {
      case "ArrowRight": return this.current + rtl;
      case "ArrowLeft": return this.current - rtl;
      case "ArrowDown": return this.neighbour(this.current, 1);
      case "ArrowUp": return this.neighbour(this.current, -1);
      case "PageDown": return this.neighbour(this.current, page());
      case "PageUp": return this.neighbour(this.current, -page());
      case "Home": return 0;
      case "End": return this.source.count - 1;
    }
  }

  move(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || !this.source?.count) return;
    const wanted = this.destination(event.key);
    if (wanted === undefined) return;
    event.preventDefault();
    const to = Math.min(Math.max(wanted, 0), this.source.count - 1);
    this.hooks.extend?.(this.current, to, event.shiftKey);
    this.focus(to);
  }

  settleSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { if (this.scroll.rest()) this.paint(); }, 160);
  }

  /** The pictures whose tiles a rectangle of the window touches. */
  within(box) {
    const origin = this.canvas.getBoundingClientRect();
    const shift = this.scroll.offset - origin.top - edge;
    const found = [];
    const last = this.layout.rowAt(box.bottom + shift);
    for (let row = this.layout.rowAt(box.top + shift); row <= last && row < this.layout.rowCount; row++) {
      if (this.layout.top(row) > box.bottom + shift || this.layout.top(row) + this.layout.height(row) < box.top + shift) continue;
      for (const { index, x, width } of this.layout.places(row)) {
        if (x + origin.left <= box.right && x + width + origin.left >= box.left) found.push(index);
      }
    }
    return found;
  }

  /** Paper does not scroll: every picture that is known is printed, up to a number. */
  startPrinting() {
    if (!this.source || document.querySelector("dialog[open]")) return;
    this.isPrinting = true;
    cancelAnimationFrame(this.following);
    const { from, to } = this.layout.rowCount ? this.visibleRows() : { from: 0, to: -1 };
    const whole = this.source.isComplete;
    const first = whole || to < 0 ? 0 : this.layout.range(from).first;
    const end = whole ? Math.min(this.source.count, mostPrinted) : to < 0 ? 0 : this.layout.range(to).end;
    for (let index = first; index < end; index++) {
      const tile = this.tiles.get(index) ?? this.makeTile(index);
      this.tiles.set(index, tile);
      this.canvas.append(tile);
    }
  }

  endPrinting() {
    if (!this.isPrinting) return;
    this.isPrinting = false;
    const current = this.current;
    this.clear();
    this.measure();
    this.scroll.moveTo(this.scroll.position);
    this.current = current;
    this.paint();
  }
}
