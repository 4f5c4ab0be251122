// The live page: one result, shown as a grid, searched, looked at, compared and sorted out.

import { ServerError, betweenTries, fetchIDs, firstEvent } from "./api.js";
import { Batch } from "./batch.js";
import { startBox } from "./box.js";
import { Comparison } from "./compare.js";
import { afterPaint, byId, closeOnBackdrop, counted, isTyping, number, pause } from "./dom.js";
import { Edits } from "./edits.js";
import { followEvents } from "./events.js";
import { GenerateForm } from "./generate.js";
import { PictureGrid } from "./grid.js";
import { Inspector } from "./inspector.js";
import { DateRail } from "./rail.js";
import { LibrarySource, Records, absence, typicalRatioOf, withImage } from "./records.js";
import { SearchBox, oneLine } from "./search.js";
import { Selection } from "./selection.js";
import { Sidebar } from "./sidebar.js";
import { askName } from "./tagging.js";
import { term, whileTyping } from "./terms.js";
import { startTheme } from "./theme.js";
import { toast } from "./toasts.js";
import { PictureViewer } from "./viewer.js";

/**
 * Records in the first answer, so that pictures show before the ids of a large result have arrived. The server
 * announces this request with the page, so that it is sent while the script is loaded.
 */
const firstPage = 100;
/** Milliseconds without another character after which the rest of a typed query is read: its ids, dates and counts. */
const typingPause = 150;

class App {
  /** The query and the order that were asked for last. `source.result` has those of the images that are shown. */
  query = "";
  sort = "newest";
  source = null;
  library = null;
  cameFromGrid = false;
  /** Whether the server refused the query, so that another try would fail too. */
  isRefused = false;
  /** Cancels what is being read; null if nothing is. */
  waiting = null;
  /** Resolves when what is being read has been read. */
  reading = Promise.resolve();
  /** The image that was the current one when the pointer was pressed, which gives the focus to another. */
  origin = undefined;
  /** The image in the viewer and the place that it had, if the result does not contain it any more. */
  left = null;
  /** Trashed here. An answer that was on its way does not bring them back. */
  gone = new Set();
  /** Whether the newest step of the history is a query that is still being typed. */
  isTyped = false;
  /** Whether the last word of the query also finds longer ones, because Enter was not pressed after it was typed. */
  isPartial = false;
  /** Resolves when the first images have been requested, or cannot be. */
  firstShown = new Promise((resolve) => { this.endFirst = resolve; });
  #viewer;
  #inspector;
  #comparison;

  constructor() {
    this.records = new Records((ids) => this.recordsChanged(ids));
    this.selection = new Selection(() => this.selectionChanged());
    this.edits = new Edits(this);
    this.grid = new PictureGrid(byId("scroller"), byId("grid"), {
      open: (index, event) => this.open(index, event),
      decorate: (tile, index) => this.decorate(tile, index),
      extend: (from, to, isRange) => this.extend(from, to, isRange),
      moved: () => this.showPlace(),
    });
    this.rail = new DateRail(this.grid);
    this.box = new SearchBox((text, isTypingNow) => this.searchTyped(text, isTypingNow));
    this.box.leave = () => this.grid.focus(this.grid.current);
    this.sidebar = new Sidebar((query) => this.search(query), () => this.sentQuery);
    startBox(this.grid, {
      select: (indexes, adds) => {
        this.selection.box(indexes.map((index) => this.source.id(index)).filter((id) => id !== undefined), adds);
      },
      ended: () => this.selection.endBox(),
    });
    this.listen();
  }

  // These are made when they are first used, so that the first images do not wait for them.

  get viewer() { return (this.#viewer ??= this.makeViewer()); }
  get inspector() { return (this.#inspector ??= new Inspector(this)); }
  get comparison() { return (this.#comparison ??= new Comparison({ closed: () => this.restoreFocus() })); }

  // Results.

  /** Runs a query from a button or link: a step of the history. */
  search(query) {
    this.isTyped = false;
    this.box.text = query;
    this.run(this.box.text, { isStep: true });
  }

  /** What is typed is one step of the history, however often it is run before it is complete. */
  searchTyped(text, isTypingNow) {
    const isStep = !this.isTyped && text !== this.query;
    this.isTyped = isTypingNow && (this.isTyped || isStep);
    this.run(text, { isTyping: isTypingNow, isStep, focuses: !isTypingNow });
  }

  address(query = this.query, sort = this.sort) {
    const parameters = new URLSearchParams();
    if (query) parameters.set("q", query);
    if (sort !== "newest") parameters.set("sort", sort);
    const text = parameters.toString();
    return "/" + (text ? "?" + text : "");
  }

  /** The query that was asked for last, as it was sent to the server. */
  get sentQuery() { return this.isPartial ? whileTyping(this.query) : this.query; }

  /** Reads a result and shows it. With `focuses`, its first image gets the focus; with `place`, that id is shown first. */
  run(query, { isTyping: isTypingNow = false, isStep = false, focuses = false, place } = {}) {
    const isOther = query !== this.query;
    this.query = query;
    this.isRefused = false;
    if (isStep) this.pushAddress();
    this.isPartial = isTypingNow;
    // Going back to this step, or loading the page again, shows the same result.
    history.replaceState({ ...history.state, isPartial: isTypingNow }, "",
      isOther && !isStep ? this.address() + location.hash : undefined);
    const result = { text: query, query: this.sentQuery, sort: this.sort };
    document.title = query ? `${query} · Seedbank` : "Seedbank";
    return this.read(async (signal) => {
      const page = await this.records.read({ q: result.query, sort: result.sort, limit: firstPage }, signal);
      this.box.say((page.notes ?? []).map((note) => note.message ?? note).join(" "));
      const first = Float64Array.from(page.generations, ({ id }) => id);
      const isCapped = page.count_is_capped;
      this.selection.clear();
      this.show(new LibrarySource(this.records, first, {
        result, isCapped, count: isCapped ? Math.max(page.count, first.length) : page.count,
        typicalRatio: typicalRatioOf([...first].map((id) => this.records.get(id))),
        isComplete: !isCapped && page.count === first.length,
      }));
      // What was typed meanwhile goes on in the field.
      if (focuses && this.box.text === result.text) this.grid.focus(0);
      this.returnTo(place);
      // The images that are seen come first; the rest of a large result takes the server longer.
      await (isTypingNow ? afterPaint().then(() => pause(typingPause)) : this.grid.shown);
      this.endFirst();
      if (signal.aborted) return;
      this.sidebar.refresh(result);
      this.complete(await this.readWhole(signal));
      this.returnTo(place);
    });
  }

  /** Begins a step of the history. The one before keeps the first image in sight, for going back. */
  pushAddress() {
    if (this.source) {
      history.replaceState({ place: this.source.id(this.grid.firstVisible()), isPartial: this.isPartial }, "");
    }
    history.pushState(null, "", this.address());
  }

  /** Shows the image first that was the first in sight when this step of the history was left, unless one has scrolled. */
  returnTo(place) {
    const index = place === undefined ? -1 : this.source.indexOf(place);
    if (index > 0 && this.grid.firstVisible() === 0) this.grid.startAt(index);
  }

  /** Whether the images that are shown are those of the query and the order that were asked for last. */
  get isCurrent() { return this.source?.result.text === this.query && this.source.result.sort === this.sort; }

  /**
   * Reads the result that is shown again, after what is being read now. If the last query could not be read, it is run
   * again instead.
   */
  reload() {
    return (this.again ??= (async () => {
      do await this.reading.catch(() => {}); while (this.waiting);
      this.again = null;
      if (!this.source || (!this.isCurrent && !this.isRefused)) return this.run(this.query, { isTyping: this.isPartial });
      await this.read(async (signal) => {
        this.showAgain(await this.readWhole(signal));
        this.sidebar.refresh(this.source.result);
        this.refreshRail();
      }, { isQuiet: true });
    })());
  }

  /** Reads something, and cancels what is being read. With `isQuiet`, it tries again if the server is busy. */
  read(work, { isQuiet = false } = {}) {
    this.waiting?.abort();
    const waiting = this.waiting = new AbortController();
    const attempt = async () => {
      try {
        await work(waiting.signal);
      } catch (error) {
        if (error.name === "AbortError") return;
        if (!(error instanceof ServerError)) throw error;
        if (isQuiet && error.isTemporary) {
          setTimeout(() => this.reload(), betweenTries);
        } else {
          this.isRefused = !error.isTemporary;
          this.box.say(error.words, true);
        }
      } finally {
        if (this.waiting === waiting) {
          this.waiting = null;
          this.endFirst();
        }
      }
    };
    return (this.reading = attempt());
  }

  /** The result that is shown, with all of its ids. If it is small, also its records: it is laid out by true shapes. */
  async readWhole(signal) {
    const { result, typicalRatio, isComplete } = this.source;
    const ids = await fetchIDs({ q: result.query, sort: result.sort }, signal);
    const isSmall = isComplete && ids.length <= firstPage;
    const missing = isSmall ? [...ids].filter((id) => !this.records.get(id)) : [];
    if (missing.length) await this.records.read({ ids: missing.join(",") }, signal);
    const whole = new LibrarySource(this.records, ids, { result, typicalRatio, isComplete: isSmall });
    // They may have been read before an image was trashed here.
    return this.gone.size ? whole.without(this.gone) : whole;
  }

  show(source) {
    this.left = null;
    this.source = source;
    this.rail.clear();
    this.grid.show(source);
    this.showCount();
  }

  /** The same result, with the ids of all of it. It may have changed since the first ones were read. */
  complete(source) {
    const before = this.source;
    if (before.ids.some((id, index) => id !== source.ids[index])) {
      this.showAgain(source);
    } else {
      this.source = this.grid.source = source;
      if (before.count === source.count && this.grid.layout) this.grid.layout.source = source; else this.grid.layOut();
      this.grid.update();
      this.showCount();
    }
    this.refreshRail();
    this.followAddress();
  }

  /** Another reading of the result: what is seen stays where it is, unless the first row is seen. */
  showAgain(source) {
    const before = this.source, first = this.grid.firstVisible();
    const isAtTop = this.grid.scroll.position < 8;
    this.noteLeft(before, source);
    this.source = source;
    this.grid.show(source, {
      current: before.placeIn(source, this.grid.current), keepsScroll: true,
      anchor: isAtTop ? undefined : { from: first, to: before.placeIn(source, first) },
    });
    this.selection.keep(source);
    this.showCount();
    if (this.viewer.isOpen) this.viewer.describe(this.viewer.item);
  }

  /** Notes where the image in the viewer was, so that the next key shows the one after it. */
  noteLeft(before, source) {
    const { item } = this.viewer;
    if (!item) return;
    const index = before.indexOf(item.number);
    const place = index >= 0 ? index : this.left?.id === item.number ? this.left.place : -1;
    this.left = place < 0 ? null : { id: item.number, place: before.gapIn(source, place) };
  }

  refreshRail() {
    const { query, sort } = this.source.result;
    this.rail.refresh(query, sort, ["newest", "oldest", "created"].includes(sort));
  }

  showCount() {
    const { count } = this.source;
    // Making the formatter of numbers takes longer than showing the first images.
    this.firstShown.then(() => {
      byId("count").textContent = (this.source.isCapped ? "more than " : "") + counted(this.source.count, "generation");
    });
    byId("empty").hidden = count > 0;
    this.grid.canvas.hidden = count === 0;
    const { text } = this.source.result;
    byId("empty-words").textContent = text
      ? "No generation matches this query." : "This library is empty. Add images with `seedbank generate` or `seedbank import`.";
    byId("empty-clear").hidden = !text;
    this.showSelection();
  }

  showPlace() {
    byId("place-now").textContent = `${number.format(this.grid.current + 1)} of ${number.format(this.source.count)}`;
  }

  recordsChanged(ids) {
    if (!this.source) return;
    this.grid.update((index) => ids.has(this.source.id(index)));
    const { item } = this.viewer;
    const now = item && ids.has(item.number) && this.records.get(item.number);
    // The image may have arrived while its generation was looked at.
    if (now) this.viewer.show(withImage(now, item.position < now.images.length ? item.position : 0));
  }

  /** Reads the records near the window again. */
  refreshRecords() {
    const near = new Set([...this.grid.tiles.keys()].map((index) => this.source.id(index)));
    if (this.viewer.item) near.add(this.viewer.item.number);
    this.records.refreshOnly(near);
  }

  // Selection and edits.

  decorate(tile, index) {
    const id = this.source.id(index);
    const isOn = id !== undefined && this.selection.has(id);
    tile.setAttribute("role", "option");
    tile.setAttribute("aria-selected", isOn);
    tile.setAttribute("aria-setsize", this.source.count);
    tile.setAttribute("aria-posinset", index + 1);
    tile.classList.toggle("selected", isOn);
    const item = this.records.get(id);
    if (!item) return;
    const isAbsent = !item.sha256 || item.isRemote;
    const words = item.prompt.length > 200 ? item.prompt.slice(0, 200) + "…" : item.prompt || "no prompt";
    tile.setAttribute("aria-label", [`#${item.id}`, item.rating && `${item.rating} of 5 stars`, item.favorite && "favorite",
      isAbsent && absence(item), words].filter(Boolean).join(", "));
    // A thumbnail covers the words.
    if (isAbsent) tile.dataset.state = absence(item);
    else delete tile.dataset.state;
  }

  selectionChanged() {
    if (!this.source) return;
    this.showSelection();
    for (const [index, tile] of this.grid.tiles) this.decorate(tile, index);
  }

  showSelection() {
    const count = this.selection.count(this.source.count);
    byId("chosen").hidden = count === 0;
    byId("toasts").classList.toggle("raised", count > 0);
    if (!count) return;
    const more = this.source.isCapped ? "more than " : "";
    byId("chosen-count").textContent = `${this.selection.isWhole ? more : ""}${number.format(count)} selected`;
    byId("choose-all").textContent = `Select all ${more}${number.format(this.source.count)}`;
    byId("choose-all").hidden = this.selection.isWhole && this.selection.ids.size === 0;
    byId("compare-chosen").disabled = count < 2 || count > 4;
  }

  /**
   * What an edit is for: the image in the viewer, else the selection, else the current image. `version` tells later
   * whether the selection is still the same.
   */
  target() {
    if (this.library?.read_only) {
      toast("This server is read-only.", { isError: true });
      return null;
    }
    if (this.viewer.isOpen) return { request: { ids: [this.viewer.item.number] }, count: 1 };
    const { selection, source } = this;
    if (!selection.isEmpty) {
      const request = selection.request(source);
      return {
        request, tooMany: !request, count: selection.count(source.count), version: selection.version,
        isMinimum: selection.isWhole && source.isCapped,
      };
    }
    const id = this.source?.id(this.grid.current);
    return id === undefined || !this.focusCurrent() ? null : { request: { ids: [id] }, count: 1 };
  }

  /**
   * Gives the focus to the current image, which a key is for. Returns whether the image was in sight before: a key does
   * not edit an image that could not be seen when it was pressed.
   */
  focusCurrent() {
    const { grid } = this;
    const isSeen = grid.isSeen(grid.current);
    if (!isSeen || document.activeElement !== grid.tiles.get(grid.current)) grid.focus(grid.current);
    if (!isSeen) toast("Press the key again to edit this image.");
    return isSeen;
  }

  toggleCurrent() {
    const id = this.source.id(this.grid.current);
    if (id !== undefined && this.focusCurrent()) this.selection.toggle(id);
  }

  targetItems() {
    if (this.viewer.isOpen) return [this.viewer.item];
    const ids = this.selection.isEmpty ? [this.source.id(this.grid.current)] : this.selection.chosen(this.source, 200);
    return ids.map((id) => this.records.get(id)).filter(Boolean);
  }

  /** Takes trashed images out of the result; the next one gets their place. */
  removed(target) {
    if (target.version === this.selection.version) this.selection.clear();
    if (!target.request.ids) return this.reload();
    const gone = new Set(target.request.ids);
    for (const id of gone) this.gone.add(id);
    this.selection.drop(gone);
    const before = this.source.ids.subarray(0, this.grid.current).reduce((sum, id) => sum + (gone.has(id) ? 1 : 0), 0);
    const { item } = this.viewer;
    const leaves = item && gone.has(item.number);
    const next = leaves ? this.nextLeft(gone) : undefined;
    this.source = this.source.without(gone);
    this.grid.show(this.source, { current: this.grid.current - before, keepsScroll: true });
    this.showCount();
    // The next key is for the next image, which may be in another row.
    if (!item && target.version === undefined && this.source.count) this.grid.reveal(this.grid.current);
    if (!item) return;
    if (!leaves) this.viewer.describe(item); else if (next === undefined) this.closeViewer(); else this.goTo(next);
  }

  /** Shows images again that could not be trashed. */
  restored(ids) {
    for (const id of ids) this.gone.delete(id);
    this.reload();
  }

  nextLeft(gone) {
    const { number } = this.viewer.item, found = this.source.indexOf(number);
    const at = found < 0 && this.left?.id === number ? this.left.place - 1 : found;
    for (let index = at + 1; index < this.source.count; index++) if (!gone.has(this.source.id(index))) return this.source.id(index);
    for (let index = at; index >= 0; index--) if (!gone.has(this.source.id(index))) return this.source.id(index);
  }

  /** Shift and a key that moves selects from where the range began. */
  extend(from, to, isRange) {
    const { selection, source } = this;
    if (isRange) selection.extend(source, source.id(from), source.id(to)); else selection.range = null;
  }

  open(index, event) {
    const id = this.source.id(index);
    if (event.shiftKey) {
      event.preventDefault();
      // A key that presses the image has no pointer.
      this.selection.extend(this.source, event.detail ? this.origin : this.source.id(this.grid.current), id);
      this.grid.focus(index);
    } else if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.selection.toggle(id);
      this.grid.focus(index);
    } else if (id === undefined) {
      event.preventDefault();
    } else {
      this.selection.range = null;
      this.cameFromGrid = true;
    }
  }

  async addTag() {
    const target = this.target();
    if (!target) return;
    const name = await askName({ title: "Add a tag", field: "tag", verb: "Add", key: "tags" });
    this.restoreFocus();
    if (name) await this.edits.tag([name], [], target);
  }

  async addToCollection() {
    const target = this.target();
    if (!target) return;
    const name = await askName({ title: "Add to a collection", field: "collection", verb: "Add", key: "collections" });
    this.restoreFocus();
    if (!name) return;
    await this.edits.collect(name, target);
    this.refreshLibrary();
  }

  /** Reads collections and saved searches again. The page says elsewhere if the server cannot be reached. */
  refreshLibrary() {
    this.sidebar.refreshLibrary().then((library) => this.useLibrary(library), () => {});
  }

  /** Reads what the server allows, and tries again until it has answered once. */
  async readLibrary() {
    for (let isFirst = true; !this.library; isFirst = false) {
      try {
        this.useLibrary(await this.sidebar.refreshLibrary());
      } catch (error) {
        if (isFirst) toast(error.words ?? String(error), { isError: true });
        if (!error.isTemporary) return;
        await pause(betweenTries);
      }
    }
  }

  /** Offers what the server allows, when it has answered for the first time. */
  useLibrary(library) {
    if (this.library) return;
    this.library = library;
    document.documentElement.classList.toggle("read-only", library.read_only);
    if (library.read_only) for (const element of document.querySelectorAll(".for-editing")) element.hidden = true;
    if (!library.allow_generate || !library.generate) return;
    byId("reproduce").hidden = false;
    this.generate = new GenerateForm(library.generate, {
      added: (recorded) => { this.reload(); this.batch.show(recorded); }, closed: () => this.restoreFocus(),
    });
    this.batch = new Batch({
      closed: () => this.restoreFocus(), open: (id) => this.openLinked(id), settings: (settings) => { this.generate.settings = settings; },
    });
  }

  async compareChosen() {
    const ids = this.selection.chosen(this.source, 5);
    if (ids.length < 2 || ids.length > 4) return toast("Select two to four images to compare them.");
    const { version } = this.selection;
    try {
      const items = await Promise.all(ids.map((id) => this.records.load(id)));
      // Meanwhile, other images may have been selected, or a dialog opened.
      if (version !== this.selection.version || document.querySelector("dialog[open]")) return;
      const shown = items.filter((item) => item?.sha256 && !item.isRemote);
      if (shown.length > 1) this.comparison.open(shown); else toast("These images have no files to compare.", { isError: true });
    } catch (error) {
      toast(error.words ?? String(error), { isError: true });
    }
  }

  restoreFocus() {
    if (this.viewer.isOpen) byId("close").focus(); else if (this.source?.count) this.grid.focus(this.grid.current);
  }

  // The viewer.

  makeViewer() {
    const step = (by) => {
      const { number } = this.viewer.item, index = this.source.indexOf(number);
      if (index >= 0) this.goTo(this.source.id(index + by));
      // The image after one that has left the result is at its place now.
      else if (this.left?.id === number) this.goTo(this.source.id(by > 0 ? this.left.place : this.left.place - 1));
    };
    return new PictureViewer({
      count: () => this.source.count,
      indexOf: (item) => this.source.indexOf(item.number),
      full: (item) => !item.isRemote && item.sha256 && `/images/${item.sha256}`,
      pictures: (item) => this.source.pictures(item),
      address: (id) => "#" + id,
      step,
      close: () => this.closeViewer(),
      cancel: () => this.inspector.cancel(),
      command: (item) => `seedbank reproduce ${item.id}`,
      tag: (name) => this.searchFromViewer(term("tag", name)),
      shown: (item, index) => {
        this.inspector.show(item, index);
        for (const by of [1, -1]) {
          const id = this.source.id(index + by);
          if (index >= 0 && id !== undefined) this.records.load(id).then((next) => this.viewer.prefetch(next), () => {});
        }
      },
      keys: {
        ...this.editKeys(), w: () => this.viewer.zoom.fit(), o: () => this.viewer.zoom.actual(),
        Home: () => this.goTo(this.source.id(0)),
        End: () => this.goTo(this.source.id(this.source.count - 1)),
        n: () => this.inspector.editNote(),
      },
    });
  }

  /** Shows another image in the viewer: at once if it is known, so that the next key is for it. */
  goTo(id) {
    if (id === undefined) return;
    const item = this.records.get(id);
    if (item) this.viewer.show(item);
    location.replace("#" + id);
  }

  /** Opens an image by a link outside of the viewer. It replaces the image in the viewer. */
  openLinked(id) {
    if (this.viewer.isOpen) return location.replace("#" + id);
    this.cameFromGrid = true;
    location.hash = id;
  }

  closeViewer() {
    if (this.cameFromGrid) history.back();
    else history.replaceState(null, "", location.pathname + location.search);
    this.cameFromGrid = false;
    this.hideViewer();
  }

  /** Leaves the viewer for another result. Going back in the history shows the image again. */
  searchFromViewer(query) {
    this.cameFromGrid = false;
    this.hideViewer();
    this.search(query);
  }

  hideViewer() {
    const index = this.viewer.item ? this.source.indexOf(this.viewer.item.number) : -1;
    this.inspector.leave();
    if (this.viewer.hide()) this.grid.focus(index >= 0 ? index : this.grid.current);
  }

  async followAddress() {
    if (!this.source) return;
    const id = Number(location.hash.slice(1));
    if (!Number.isSafeInteger(id) || id < 1) return this.hideViewer();
    try {
      const item = await this.records.load(id);
      if (Number(location.hash.slice(1)) !== id) return;
      // The viewer may show it already, and another image of it than the first.
      if (this.viewer.item?.number === id) this.viewer.describe(this.viewer.item);
      else if (item) this.viewer.show(item); else toast(`Generation ${id} does not exist.`, { isError: true });
    } catch (error) {
      toast(error.words ?? String(error), { isError: true });
    }
  }

  // Keys.

  editKeys() {
    const rate = Object.fromEntries([0, 1, 2, 3, 4, 5].map((stars) => [String(stars), () => this.edits.rate(stars)]));
    return {
      ...rate, f: () => this.edits.favorite(), t: () => this.addTag(), Delete: () => this.edits.trash(),
      z: () => this.edits.undo(), Z: () => this.edits.undo("redo"), "?": () => byId("keys").showModal(),
    };
  }

  listen() {
    const month = (step) => {
      if (this.rail.runs.length) this.grid.focus(this.rail.neighbour(this.grid.current, step));
    };
    const keys = {
      ...this.editKeys(), x: () => this.toggleCurrent(), " ": () => this.toggleCurrent(),
      a: () => this.selection.takeWhole(), b: () => this.addToCollection(), c: () => this.compareChosen(),
      Escape: () => this.selection.clear(), s: () => this.setSquare(!this.grid.isSquare),
      "+": () => this.grid.setZoom(this.grid.level + 1), "=": () => this.grid.setZoom(this.grid.level + 1),
      "-": () => this.grid.setZoom(this.grid.level - 1), "[": () => month(-1), "]": () => month(1),
      "/": () => { byId("search").focus(); byId("search").select(); },
    };
    addEventListener("keydown", (event) => {
      // For a moment after a dialog, no element has the focus, or still one of the dialog, if the image that had it was
      // drawn again meanwhile.
      const isUnfocused = event.target === document.body || event.target.closest("dialog:not([open])");
      if (document.querySelector("dialog[open]") || (isTyping(event.target) && !isUnfocused)) return;
      if ((event.ctrlKey || event.metaKey) && event.key === "a") {
        event.preventDefault();
        return this.selection.takeWhole();
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (isUnfocused) this.grid.move(event);
      // Buttons keep the keys that press them.
      if (event.target.closest("button") && (event.key === " " || event.key === "Enter")) return;
      const action = keys[event.key];
      if (!action || !this.source) return;
      event.preventDefault();
      action();
    });
    this.grid.canvas.addEventListener("pointerdown", () => { this.origin = this.source?.id(this.grid.current); });
    addEventListener("hashchange", () => this.followAddress());
    addEventListener("popstate", () => this.readAddress());
    // Saved searches change without an event, and a page that is out of sight gets none.
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.refreshLibrary(); });
    const on = (id, act) => byId(id).addEventListener("click", act);
    on("choose-all", () => this.selection.takeWhole());
    on("choose-none", () => { this.selection.clear(); this.restoreFocus(); });
    on("compare-chosen", () => this.compareChosen());
    on("tag-chosen", () => this.addTag());
    on("collect-chosen", () => this.addToCollection());
    on("favorite-chosen", () => this.edits.favorite());
    on("trash-chosen", () => this.edits.trash());
    on("keys-open", () => byId("keys").showModal());
    on("keys-close", () => byId("keys").close());
    on("larger", () => this.grid.setZoom(this.grid.level + 1));
    on("smaller", () => this.grid.setZoom(this.grid.level - 1));
    on("square", () => this.setSquare(!this.grid.isSquare));
    on("empty-clear", () => { this.search(""); byId("search").focus(); });
    document.querySelector(".skip").addEventListener("click", (event) => {
      event.preventDefault();
      this.grid.focus(this.grid.current);
    });
    byId("rate-chosen").addEventListener("change", (event) => {
      if (event.target.value !== "") this.edits.rate(Number(event.target.value));
      event.target.value = "";
    });
    byId("sort").addEventListener("change", (event) => {
      this.sort = event.target.value === "random" ? `random:${Math.floor(Math.random() * 2 ** 31)}` : event.target.value;
      this.pushAddress();
      this.run(this.query, { isTyping: this.isPartial });
    });
    for (const dialog of document.querySelectorAll("dialog.sheet")) closeOnBackdrop(dialog, () => dialog.close());
    byId("keys").addEventListener("close", () => this.restoreFocus());
    new ResizeObserver(() => this.rail.draw()).observe(byId("scroller"));
    // Messages are shown above the selection's buttons, which may need several rows.
    const chosen = byId("chosen");
    new ResizeObserver(() => byId("toasts").style.setProperty("--chosen-height", chosen.offsetHeight + "px")).observe(chosen);
  }

  setSquare(isSquare) {
    this.grid.setSquare(isSquare);
    byId("square").setAttribute("aria-pressed", isSquare);
    this.rail.draw();
  }

  /** Query, order and image as the address has them. */
  readAddress() {
    const parameters = new URLSearchParams(location.search);
    const query = oneLine(parameters.get("q") ?? ""), sort = parameters.get("sort") ?? "newest";
    const isSame = this.source && query === this.query && sort === this.sort;
    this.isTyped = false;
    this.sort = sort;
    byId("sort").value = sort.startsWith("random") ? "random" : sort;
    if (isSame) return;
    this.box.text = query;
    this.run(query, { place: history.state?.place, isTyping: history.state?.isPartial });
  }

  async start() {
    startTheme();
    this.readAddress();
    await this.firstShown;
    followEvents({
      last: firstEvent.last,
      changed: (ids) => {
        this.batch?.changed(ids);
        if (ids) this.records.refresh(ids); else { this.gone.clear(); this.refreshRecords(); }
        clearTimeout(this.facetTimer);
        this.facetTimer = setTimeout(() => {
          if (this.source) this.sidebar.refresh(this.source.result);
          this.refreshLibrary();
        }, 700);
      },
      added: (id) => this.gone.delete(id),
      reload: () => this.reload(),
      lost: (isRefused) => {
        byId("offline").hidden = false;
        byId("offline").textContent = isRefused
          ? "The server was probably restarted. Open the address that `seedbank serve` printed."
          : "The server cannot be reached. Trying again.";
      },
      found: () => {
        byId("offline").hidden = true;
        if (!this.isCurrent && !this.isRefused) this.reload();
      },
    });
    await this.readLibrary();
  }
}

new App().start();
