// Which images an edit is for: some, or the whole result without some.

/** More ids than this do not fit into one request. */
const mostIDs = 100_000;

export class Selection {
  isWhole = false;
  /** Chosen ids; with `isWhole`, those left out. */
  ids = new Set();

  constructor(changed) {
    this.changed = changed;
  }

  has(id) { return this.ids.has(id) !== this.isWhole; }
  count(total) { return this.isWhole ? total - this.ids.size : this.ids.size; }
  get isEmpty() { return !this.isWhole && this.ids.size === 0; }

  set(ids, isOn) {
    for (const id of ids) if (isOn !== this.isWhole) this.ids.add(id); else this.ids.delete(id);
    this.changed();
  }

  toggle(id) { this.set([id], !this.has(id)); }

  takeWhole() {
    this.isWhole = true;
    this.ids.clear();
    this.changed();
  }

  clear() {
    if (this.isEmpty) return;
    this.isWhole = false;
    this.ids.clear();
    this.changed();
  }

  /** The ids of a result that are chosen, at most so many. */
  chosen(source, most) {
    const found = [];
    for (let index = 0; index < source.ids.length && found.length < most; index++) {
      if (this.has(source.ids[index])) found.push(source.ids[index]);
    }
    return found;
  }

  /** The selection as `PATCH /api/selection` takes it; null if it is too large to be named. */
  request(query, source) {
    if (this.isWhole) return { query, ...(query.trim() ? {} : { all: true }), except: [...this.ids] };
    if (this.ids.size <= mostIDs) return { ids: [...this.ids] };
    const left = source.ids.length - this.ids.size;
    if (left > mostIDs) return null;
    return { query, ...(query.trim() ? {} : { all: true }), except: [...source.ids.filter((id) => !this.ids.has(id))] };
  }
}
