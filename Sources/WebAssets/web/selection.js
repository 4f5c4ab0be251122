// Which images an edit is for: some, or the whole result without some.

/** More ids than this do not fit into one request. */
const mostIDs = 100_000;

/** Those of some ids that a result contains. */
const within = (source, ids) => {
  const found = new Set();
  for (const id of source.ids) if (ids.has(id)) found.add(id);
  return found;
};

export class Selection {
  isWhole = false;
  /** Chosen ids; with `isWhole`, those left out. */
  ids = new Set();
  /** Changes with the selection. An answer that comes later is not for another selection. */
  version = 0;
  /** The ids at which a range begins and ends. Positions would be those of other images when the result changes. */
  range = null;
  /** What was selected before a box was begun. */
  beforeBox = null;

  constructor(changed) {
    this.changed = changed;
  }

  has(id) { return this.ids.has(id) !== this.isWhole; }
  count(total) { return this.isWhole ? total - this.ids.size : this.ids.size; }
  get isEmpty() { return !this.isWhole && this.ids.size === 0; }

  tell() {
    this.version++;
    this.changed();
  }

  mark(ids, isOn) {
    for (const id of ids) if (isOn !== this.isWhole) this.ids.add(id); else this.ids.delete(id);
  }

  toggle(id) {
    if (id === undefined) return;
    this.range = null;
    this.mark([id], !this.has(id));
    this.tell();
  }

  takeWhole() {
    this.range = null;
    this.isWhole = true;
    this.ids = new Set();
    this.tell();
  }

  clear() {
    this.range = this.beforeBox = null;
    if (this.isEmpty) return;
    this.isWhole = false;
    this.ids = new Set();
    this.tell();
  }

  /**
   * Selects from where the range began to `to`. The range begins at `from`, unless it ended there. Both are ids; those
   * of a large result may not be known yet.
   */
  extend(source, from, to) {
    if (from === undefined || to === undefined) return;
    if (this.range?.last !== from || source.indexOf(this.range.first) < 0) this.range = { first: from, last: from };
    const first = source.indexOf(this.range.first);
    const span = (id) => {
      const index = source.indexOf(id);
      return source.ids.subarray(Math.min(first, index), Math.max(first, index) + 1);
    };
    if (first < 0 || source.indexOf(to) < 0) return;
    if (source.indexOf(from) >= 0) this.mark(span(from), false);
    this.range.last = to;
    this.mark(span(to), true);
    this.tell();
  }

  /** What a box touches is selected instead of what was selected before; with `adds`, in addition to it. */
  box(ids, adds) {
    this.beforeBox ??= adds ? { isWhole: this.isWhole, ids: this.ids } : { isWhole: false, ids: new Set() };
    this.range = null;
    this.isWhole = this.beforeBox.isWhole;
    this.ids = new Set(this.beforeBox.ids);
    this.mark(ids, true);
    this.tell();
  }

  endBox() { this.beforeBox = null; }

  /** Forgets what another reading of the result does not contain. */
  keep(source) {
    if (this.beforeBox?.ids.size) this.beforeBox.ids = within(source, this.beforeBox.ids);
    if (!this.ids.size) return;
    const left = within(source, this.ids);
    if (left.size === this.ids.size) return;
    this.ids = left;
    this.tell();
  }

  /** Forgets images that are not in the result any more. */
  drop(gone) {
    let isChanged = false;
    for (const id of gone) {
      this.beforeBox?.ids.delete(id);
      isChanged = this.ids.delete(id) || isChanged;
    }
    if (isChanged) this.tell();
  }

  /** The ids of a result that are chosen, at most so many. */
  chosen(source, most) {
    const found = [];
    for (let index = 0; index < source.ids.length && found.length < most; index++) {
      if (this.has(source.ids[index])) found.push(source.ids[index]);
    }
    return found;
  }

  /**
   * The selection as `PATCH /api/selection` takes it: the ids, so that exactly these images are edited. More ids than
   * fit are named by the query of the result. Null if the selection is too large to be named.
   */
  request(source) {
    const count = this.count(source.count);
    if (!this.isWhole && count <= mostIDs) return { ids: [...this.ids] };
    // The server edits the images of a query in the order of their ids, and a collection keeps that order.
    if (source.isKnown && count <= mostIDs) return { ids: this.chosen(source, count).sort((a, b) => a - b) };
    if (!this.isWhole && !source.isKnown) return null;
    const { query } = source.result;
    const except = this.isWhole ? [...this.ids] : [...source.ids.filter((id) => !this.ids.has(id))];
    if (except.length > mostIDs) return null;
    return { query, ...(query.trim() ? {} : { all: true }), except };
  }
}
