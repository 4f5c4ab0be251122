// The exported gallery: a grid of what was exported, a viewer, and the address that says what is shown.

import { ExportedSource, imageNamed, page } from "./data.js";
import { byId, isTyping, number } from "./dom.js";
import {
  addressOfFilters, chosenImages, clearFilters, fillFilters, isFiltered, readFilters, searchField, selects,
} from "./filters.js";
import { noteForCommand, showReferences } from "./facts.js";
import { PictureGrid } from "./grid.js";
import { startTheme } from "./theme.js";
import { PictureViewer } from "./viewer.js";

let source = new ExportedSource([]);
let cameFromGrid = false;
/** Whether the last word of the query also finds longer ones, because Enter was not pressed after it was typed. */
let isPartial = false;

const grid = new PictureGrid(byId("scroller"), byId("grid"), {
  open(index, event) { if (!event.metaKey && !event.ctrlKey && !event.shiftKey) cameFromGrid = true; },
});

const viewer = new PictureViewer({
  count: () => source.count,
  indexOf: (item) => source.items.indexOf(item),
  full: (item) => item.file,
  pictures: (item) => source.pictures(item),
  address: (id) => imageNamed(id) && "#" + imageNamed(id).id,
  step: (by) => {
    const item = source.items[source.items.indexOf(viewer.item) + by];
    if (item) location.replace("#" + item.id);
  },
  close: closeViewer,
  // Going back in the history shows the image again. Closing the viewer would go back itself, after the filter is set,
  // to an address without the filter.
  tag(name) {
    cameFromGrid = false;
    hideViewer();
    selects.tag.value = name;
    history.pushState(null, "", addressOfFilters());
    refresh();
  },
  shown(item, index) {
    byId("command-note").textContent = noteForCommand(item);
    showReferences(item.references ?? [], ({ file }) => ({ file, picture: file }));
    for (const by of [1, -1]) viewer.prefetch(source.items[index + by]);
  },
  keys: { "0": () => viewer.zoom.fit(), "1": () => viewer.zoom.actual() },
});

function closeViewer() {
  if (cameFromGrid) history.back();
  else history.replaceState(null, "", location.pathname + location.search);
  cameFromGrid = false;
  hideViewer();
}

function hideViewer() {
  const index = source.items.indexOf(viewer.item);
  if (viewer.hide() && index >= 0) grid.focus(index);
}

/** The id after `#`; undefined if that is not an encoded text, as in `#50%`. */
function idInAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return undefined;
  }
}

/** The address says what is seen: forward, back and links sent to others all work. */
function followAddress() {
  const item = imageNamed(idInAddress());
  if (item) viewer.show(item); else hideViewer();
}

/** Shows what search and filters leave; a query that cannot be answered leaves the grid as it is. */
function refresh() {
  const items = chosenImages(isPartial);
  byId("more").classList.toggle("filtered", isFiltered());
  byId("clear").hidden = !isFiltered() && !searchField.value;
  if (!items) return;
  source = new ExportedSource(items);
  byId("empty").hidden = items.length > 0;
  grid.canvas.hidden = items.length === 0;
  const all = page.images.length;
  byId("count").textContent = items.length === all
    ? `${number.format(all)} ${all === 1 ? "image" : "images"}`
    : `${number.format(items.length)} of ${number.format(all)}`;
  grid.show(source);
}

function filtersChanged() {
  history.replaceState(null, "", addressOfFilters());
  refresh();
}

let pending = 0;
searchField.addEventListener("input", () => {
  cancelAnimationFrame(pending);
  isPartial = true;
  pending = requestAnimationFrame(filtersChanged);
});
for (const select of Object.values(selects)) select.addEventListener("change", filtersChanged);
byId("find").addEventListener("submit", (event) => {
  event.preventDefault();
  cancelAnimationFrame(pending);
  isPartial = false;
  filtersChanged();
  grid.focus(0);
});
for (const id of ["clear", "empty-clear"]) {
  byId(id).addEventListener("click", () => {
    clearFilters();
    filtersChanged();
    searchField.focus();
  });
}
byId("more").addEventListener("click", (event) => {
  const isOpen = byId("filters").classList.toggle("open");
  event.currentTarget.setAttribute("aria-expanded", isOpen);
});
byId("larger").addEventListener("click", () => grid.setZoom(grid.level + 1));
byId("smaller").addEventListener("click", () => grid.setZoom(grid.level - 1));
byId("square").addEventListener("click", (event) => {
  grid.setSquare(!grid.isSquare);
  event.currentTarget.setAttribute("aria-pressed", grid.isSquare);
});
addEventListener("keydown", (event) => {
  if (event.key !== "/" || viewer.isOpen || isTyping(event.target)) return;
  event.preventDefault();
  searchField.focus();
  searchField.select();
});
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  grid.focus(0);
});
addEventListener("hashchange", followAddress);
addEventListener("popstate", () => {
  if (addressOfFilters() === location.pathname + location.search) return;
  const before = searchField.value;
  readFilters();
  isPartial &&= searchField.value === before;
  refresh();
  // If more than the fragment of the address has changed, not every browser reports that as "hashchange" too.
  followAddress();
});

byId("title").textContent = page.title;
startTheme();
fillFilters();
readFilters();
refresh();
followAddress();
