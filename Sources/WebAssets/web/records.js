// Records of generations, fetched when they come near the window.

import { betweenTries, get } from "./api.js";
import { usableRatio } from "./layout.js";

const batch = 120;
const mostCalls = 2;
/** Records that are kept; the ones used longest ago go first. */
const mostKept = 6000;

/** A record as grid and viewer read it. */
export function itemOf(record, color, position = 0) {
  return withImage({
    id: String(record.id), number: record.id, prompt: record.prompt ?? "", status: record.status,
    seed: record.seed, model: record.model, size: record.size, guidance: record.guidance_scale,
    watermark: record.watermark, tags: record.tags ?? [], rating: record.rating, favorite: record.favorite,
    note: record.note, created: record.created_at, parent: record.parent == null ? undefined : "#" + record.parent,
    verdict: record.verdict?.kind, extra: record.provenance?.settings, error: record.error,
    images: record.images, color, record,
  }, position);
}

/** An item that shows another image of its generation. */
export function withImage(item, position) {
  const image = item.images[position];
  return {
    ...item, position, sha256: image?.missing ? undefined : image?.sha256, isRemote: image?.remote,
    w: image?.width || item.record.width || 1, h: image?.height || item.record.height || 1,
  };
}

/** Why an item has no image to show. */
export const absence = (item) => {
  if (item.status !== "complete") return item.status;
  return item.isRemote ? "on a remote only" : "file missing";
};

export class Records {
  items = new Map();
  /** The requests that will answer with a record, by their numbers. */
  pending = new Map();
  queue = [];
  calls = 0;
  /** Requests and edits are numbered, so that an answer does not replace what is newer. */
  turn = 0;
  /** Answers to earlier requests are not used. */
  oldest = 0;
  /** The records that a busy server did not send, which are asked for again at the same time. */
  late = new Set();
  lateTimer = 0;

  constructor(changed) {
    this.changed = changed;
  }

  get(id) { return this.items.get(id); }

  /** Reads records; `parameters` are those of the server's call. Returns the whole answer. */
  async read(parameters, signal) {
    const turn = ++this.turn;
    const page = await get("generations", parameters, signal);
    this.put(page, turn);
    return page;
  }

  put(page, turn) {
    page.generations.forEach((record, index) => {
      const known = this.items.get(record.id);
      if (turn < (known?.turn ?? this.oldest)) return;
      this.items.delete(record.id);
      this.items.set(record.id, { ...itemOf(record, page.placeholders?.[index]), turn });
    });
    for (const id of this.items.keys()) {
      if (this.items.size <= mostKept) break;
      this.items.delete(id);
    }
  }

  /** Asks for records; what was asked before and has not been sent yet is forgotten. */
  want(ids) {
    this.queue = ids.filter((id) => !this.items.has(id) && !this.pending.has(id));
    this.work();
  }

  work() {
    while (this.calls < mostCalls && this.queue.length) this.fetch(this.queue.splice(0, batch));
  }

  async fetch(ids) {
    this.calls++;
    const request = {};
    for (const id of ids) this.pending.set(id, request);
    try {
      await this.read({ ids: ids.join(",") });
      this.changed(new Set(ids));
    } catch (error) {
      // What is not known is asked for again when the window moves.
      if (error.isTemporary) this.refreshLater(ids);
    } finally {
      for (const id of ids) if (this.pending.get(id) === request) this.pending.delete(id);
      this.calls--;
      this.work();
    }
  }

  /** One record at once, for the viewer. */
  async load(id) {
    if (!this.items.has(id)) {
      const { oldest } = this;
      await this.read({ ids: id });
      // Everything was forgotten meanwhile, with this answer.
      if (oldest !== this.oldest) return this.load(id);
      this.changed(new Set([id]));
    }
    return this.items.get(id);
  }

  /** Reads records again that are known here, or that are being read. */
  refresh(ids) {
    const known = [...ids].filter((id) => this.items.has(id) || this.pending.has(id));
    for (let at = 0; at < known.length; at += batch) this.fetch(known.slice(at, at + batch));
  }

  refreshLater(ids) {
    for (const id of ids) this.late.add(id);
    this.lateTimer ||= setTimeout(() => {
      const { late } = this;
      this.late = new Set();
      this.lateTimer = 0;
      this.refresh(late);
    }, betweenTries);
  }

  /** Forgets all records except some, which are read again, and what is being read. */
  refreshOnly(keep) {
    this.oldest = ++this.turn;
    this.pending.clear();
    for (const id of [...this.items.keys()]) if (!keep.has(id)) this.items.delete(id);
    this.refresh(keep);
  }

  /** Shows an edit before the server's answer. */
  change(ids, edit) {
    const changed = new Set();
    for (const id of ids) {
      const item = this.items.get(id);
      if (!item) continue;
      this.items.set(id, { ...item, ...edit(item), turn: ++this.turn });
      changed.add(id);
    }
    if (changed.size) this.changed(changed);
  }
}

/** Images after a removed one that are looked for in another reading of the result. */
const mostTried = 50;

export const thumbnail = (sha256, size) => `/thumbnails/${sha256}?size=${size}`;

/** A result: the ids of all of it, and records of what was near the window. */
export class LibrarySource {
  /**
   * `ids` may be only the first of `count`, and the count may end at a limit (`isCapped`). `isComplete` is whether all
   * ratios are known; they do not change what was laid out. `result` is what was asked for: `text` as it was typed,
   * `query` as the server applied it, and `sort`.
   */
  constructor(records, ids, { result, count = ids.length, isCapped = false, typicalRatio = 1, isComplete = false }) {
    Object.assign(this, { records, ids, result, count, isCapped, typicalRatio, isComplete });
  }

  /** Whether the ids of the whole result are known. */
  get isKnown() { return !this.isCapped && this.ids.length === this.count; }

  id(index) { return this.ids[index]; }
  item(index) { return this.records.get(this.ids[index]); }
  ratio(index) {
    const item = this.item(index);
    return item ? item.w / item.h : this.isComplete ? this.typicalRatio : undefined;
  }
  /** The query of the address may be another one by the time that the image is opened. */
  address(index) { return "#" + (this.ids[index] ?? ""); }
  indexOf(id) { return this.ids.indexOf(id); }

  pictures(item) {
    if (!item.sha256) return [];
    const long = Math.max(item.w, item.h);
    // Of an image on a remote only, there is at most one thumbnail.
    return (item.isRemote ? [320] : [320, 640]).map((size) => ({
      url: thumbnail(item.sha256, size), width: Math.round(item.w * Math.min(1, size / long)),
    }));
  }

  /** The window first, then what lies a screen away on either side. */
  want(first, end) {
    const length = end - first;
    const ids = [];
    const add = (from, to) => {
      for (let index = Math.max(0, from); index < Math.min(to, this.ids.length); index++) ids.push(this.ids[index]);
    };
    add(first, end);
    add(end, end + length);
    add(first - length, first);
    this.records.want(ids);
  }

  without(removed) {
    const ids = this.ids.filter((id) => !removed.has(id));
    return new LibrarySource(this.records, ids, { ...this, count: this.count - (this.ids.length - ids.length) });
  }

  /** The position of the image at `index`, or of the next one that is left, in another reading of the result; or -1. */
  foundIn(other, index) {
    const end = Math.min(this.ids.length, index + mostTried);
    for (let at = index; at < end; at++) {
      const place = other.indexOf(this.ids[at]);
      if (place >= 0) return place;
    }
    return -1;
  }

  /** As `foundIn`; if none is found, about the same position. */
  placeIn(other, index) {
    const found = this.foundIn(other, index);
    return found >= 0 ? found : Math.max(0, Math.min(index, other.count - 1));
  }

  /** Before which position of another reading the image at `index` was; after the last image, that is its count. */
  gapIn(other, index) {
    const found = this.foundIn(other, index);
    if (found >= 0) return found;
    const isEnd = this.isKnown && index + mostTried >= this.ids.length;
    return isEnd ? other.count : Math.min(index, other.count);
  }
}

/** The usual shape of images: the mean of those given. */
export function typicalRatioOf(items) {
  const ratios = items.filter((item) => item?.sha256).map((item) => usableRatio(item.w / item.h));
  return ratios.length ? ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length : 1;
}
