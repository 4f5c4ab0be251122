// The justified grid: rows of equal height that fill the width, and only those in sight exist.

const grid = document.getElementById("grid");
const gap = 6;
const tiles = new Map();
let shown = [];
let rows = [];
let current = 0;
let isPrinting = false;

/** Breaks pictures into rows as a typesetter does: as many as fit, then stretched to the measure. */
function justify(items, width, wanted) {
  const rows = [];
  let first = 0, ratios = 0, y = 0;
  const close = (end, height) => {
    rows.push({ first, end, y, height });
    y += height + gap;
    first = end;
    ratios = 0;
  };
  for (let index = 0; index < items.length; index++) {
    ratios += Math.min(Math.max(items[index].w / items[index].h, .35), 3.2);
    const height = (width - gap * (index - first)) / ratios;
    if (height <= wanted) close(index + 1, height);
  }
  if (first < items.length) {
    close(items.length, Math.min(wanted, (width - gap * (items.length - first - 1)) / ratios));
  }
  return { rows, height: Math.max(0, y - gap) };
}

function showItems(items) {
  for (const tile of tiles.values()) tile.remove();
  tiles.clear();
  shown = items;
  current = Math.min(current, Math.max(0, items.length - 1));
  layOut();
}

function layOut() {
  const width = grid.clientWidth;
  const wanted = width < 480 ? 128 : width < 900 ? 176 : width < 1700 ? 232 : 264;
  const layout = justify(shown, width, wanted);
  rows = layout.rows;
  grid.style.height = layout.height + "px";
  for (const [index, tile] of tiles) place(tile, index);
  paint();
}

/** The first row whose foot lies below `y`. */
function rowAt(y) {
  let low = 0, high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle].y + rows[middle].height < y) low = middle + 1; else high = middle;
  }
  return low;
}

function rowOf(index) {
  let low = 0, high = rows.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle].end <= index) low = middle + 1; else high = middle;
  }
  return low;
}

/** Makes the tiles near the window and drops the others, but never the one that has the focus. */
function paint() {
  if (isPrinting) return;
  const top = -grid.getBoundingClientRect().top;
  const margin = innerHeight;
  const from = rowAt(top - margin);
  const wanted = new Set();
  for (let row = from; row < rows.length && rows[row].y < top + innerHeight + margin; row++) {
    for (let index = rows[row].first; index < rows[row].end; index++) wanted.add(index);
  }
  for (const [index, tile] of tiles) {
    if (!wanted.has(index) && !tile.contains(document.activeElement)) {
      tile.remove();
      tiles.delete(index);
    }
  }
  // In the order of the pictures, so that tabbing and screen readers follow what the eye sees.
  let previous = null;
  for (const index of [...new Set([...wanted, ...tiles.keys()])].sort((a, b) => a - b)) {
    let tile = tiles.get(index);
    if (!tile) {
      tile = makeTile(index);
      tiles.set(index, tile);
      place(tile, index);
      if (previous) previous.after(tile); else grid.prepend(tile);
    }
    previous = tile;
  }
  markCurrent();
}

function makeTile(index) {
  const item = shown[index];
  const tile = document.createElement("li");
  tile.className = "tile";
  tile.setAttribute("aria-setsize", shown.length);
  tile.setAttribute("aria-posinset", index + 1);
  const link = document.createElement("a");
  link.href = "#" + item.id;
  link.dataset.index = index;
  const image = document.createElement("img");
  image.loading = "lazy";
  image.decoding = "async";
  image.alt = item.prompt.length > 240 ? item.prompt.slice(0, 240) + "…" : item.prompt || "Picture " + item.id;
  setSource(image, item);
  const caption = document.createElement("div");
  caption.className = "caption";
  caption.setAttribute("aria-hidden", "true");
  const words = document.createElement("span");
  words.textContent = item.prompt.slice(0, 300);
  words.dir = "auto";
  const seed = document.createElement("small");
  seed.textContent = item.seed == null ? "#" + item.id : `#${item.id} · seed ${item.seed}`;
  caption.append(words, seed);
  link.append(image, caption);
  if (item.rating || item.favorite) {
    const mark = document.createElement("span");
    mark.className = "mark";
    mark.setAttribute("aria-hidden", "true");
    mark.textContent = [item.favorite && "♥", item.rating && `★\u2009${item.rating}`].filter(Boolean).join("  ");
    link.append(mark);
  }
  tile.append(link);
  return tile;
}

/** `sizes` comes with the place; the browser takes the smallest thumbnail that is sharp. */
function setSource(image, item) {
  if (!item.thumb) {
    image.src = item.file;
    return;
  }
  const base = `thumbnails/${item.thumb.slice(0, 2)}/${item.thumb}-`;
  const scale = (side) => Math.min(1, side / Math.max(item.w, item.h));
  image.srcset = page.thumbnails
    .map((side) => `${base}${side}.jpg ${Math.round(item.w * scale(side))}w`).join(", ");
  image.dataset.base = base;
  image.src = `${base}${page.thumbnails[0]}.jpg`;
}

function place(tile, index) {
  const row = rows[rowOf(index)];
  let x = 0;
  const ratio = (item) => Math.min(Math.max(item.w / item.h, .35), 3.2);
  for (let other = row.first; other < index; other++) x += ratio(shown[other]) * row.height + gap;
  const width = ratio(shown[index]) * row.height;
  tile.style.transform = `translate(${x}px, ${row.y}px)`;
  tile.style.width = width + "px";
  tile.style.height = row.height + "px";
  tile.querySelector("img").sizes = Math.ceil(width) + "px";
}

/** One tile is in the order of tabbing; arrows move among them. */
function markCurrent() {
  for (const [index, tile] of tiles) tile.firstChild.tabIndex = index === current ? 0 : -1;
  if (!tiles.has(current) && tiles.size) {
    const first = Math.min(...tiles.keys());
    tiles.get(first).firstChild.tabIndex = 0;
  }
}

function focusTile(index, isQuiet = false) {
  if (index < 0 || index >= shown.length) return;
  current = index;
  const row = rows[rowOf(index)];
  const top = grid.getBoundingClientRect().top + row.y;
  const bar = document.querySelector(".bar").offsetHeight;
  if (top < bar + 8) scrollBy(0, top - bar - 8);
  else if (top + row.height > innerHeight) scrollBy(0, top + row.height - innerHeight + 8);
  paint();
  const link = tiles.get(index)?.firstChild;
  if (link && !isQuiet) link.focus({ preventScroll: true });
}

/** The picture above or below: the one in the next row whose middle is nearest. */
function neighbour(index, step) {
  const from = rowOf(index);
  const to = from + step;
  if (to < 0 || to >= rows.length) return index;
  const middle = (row, target) => {
    let x = 0;
    for (let other = row.first; other < row.end; other++) {
      const width = Math.min(Math.max(shown[other].w / shown[other].h, .35), 3.2) * row.height;
      if (other === target) return x + width / 2;
      x += width + gap;
    }
    return x;
  };
  const wanted = middle(rows[from], index);
  let best = rows[to].first, distance = Infinity;
  for (let other = rows[to].first; other < rows[to].end; other++) {
    const away = Math.abs(middle(rows[to], other) - wanted);
    if (away < distance) [best, distance] = [other, away];
  }
  return best;
}

grid.addEventListener("focusin", (event) => {
  const index = event.target.dataset?.index;
  if (index !== undefined) { current = Number(index); markCurrent(); }
});
grid.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const rtl = getComputedStyle(grid).direction === "rtl" ? -1 : 1;
  const moves = {
    ArrowRight: () => current + rtl, ArrowLeft: () => current - rtl,
    ArrowDown: () => neighbour(current, 1), ArrowUp: () => neighbour(current, -1),
    Home: () => 0, End: () => shown.length - 1,
  };
  const move = moves[event.key];
  if (!move) return;
  event.preventDefault();
  focusTile(Math.min(Math.max(move(), 0), shown.length - 1));
});

let isWaiting = false;
addEventListener("scroll", () => {
  if (isWaiting) return;
  isWaiting = true;
  requestAnimationFrame(() => { isWaiting = false; paint(); });
}, { passive: true });
let lastWidth = 0;
new ResizeObserver(() => {
  if (grid.clientWidth === lastWidth || isPrinting || viewer.open) return;
  lastWidth = grid.clientWidth;
  requestAnimationFrame(layOut);
}).observe(grid);

/** Paper has no scrolling: everything that is shown is printed, up to a number that no one prints. */
addEventListener("beforeprint", () => {
  isPrinting = true;
  for (let index = 0; index < Math.min(shown.length, 2000); index++) {
    const tile = tiles.get(index) ?? makeTile(index);
    tile.querySelector("img").loading = "eager";
    tiles.set(index, tile);
    grid.append(tile);
  }
});
addEventListener("afterprint", () => {
  isPrinting = false;
  showItems(shown);
});
