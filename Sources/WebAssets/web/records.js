// Records of generations, fetched when they come near the window.

import { get } from "./api.js";
import { usableRatio } from "./layout.js";

const batch = 120;
const mostCalls = 2;
/** Records that are kept; the ones used longest ago go first. */
const mostKept = 6000;

/** A record as grid and viewer read it. */
export function itemOf(record, color, position = 0) {
  const image = record.images[position];
  return {
    id: String(record.id), number: record.id, prompt: record.prompt ?? "", status: record.status,
    w: image?.width || record.width || 1, h: image?.height || record.height || 1,
    seed: record.seed, model: record.model, size: record.size, guidance: record.guidance_scale,
    watermark: record.watermark, tags: record.tags ?? [], rating: record.rating, favorite: record.favorite,
    note: record.note, created: record.created_at, parent: record.parent == null ? undefined : "#" + record.parent,
    verdict: record.verdict?.kind, extra: record.provenance?.settings, error: record.error,
    sha256: image?.missing ? undefined : image?.sha256, isRemote: image?.remote, images: record.images, position, color, record,
  };
}

/** Why an item has no image to show. */
export const absence = (item) => {
  if (item.status !== "complete") return item.status;
  return item.isRemote ? "on a remote only" : "file missing";
};

export class Records {
  items = new Map();
  pending = new Map();
  queue = [];
  calls = 0;

  constructor(changed) {
    this.changed = changed;
  }

  get(id) {
    const item = this.items.get(id);
    return item;
  }

  put(page) {
    page.generations.forEach((record, index) => {
      this.items.delete(record.id);
      this.items.set(record.id, itemOf(record, page.placeholders?.[index]));
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
    for (const id of ids) this.pending.set(id, true);
    try {
      const page = await get("generations", { ids: ids.join(",") });
      this.put(page);
      this.changed(new Set(ids));
    } catch {
      // Asked for again when the window moves.
    } finally {
      for (const id of ids) this.pending.delete(id);
      this.calls--;
      this.work();
    }
  }

  /** One record at once, for the viewer. */
  async load(id) {
    if (!this.items.has(id)) {
      this.put(await get("generations", { ids: id }));
      this.changed(new Set([id]));
    }
    return this.items.get(id);
  }

  /** Reads records again that are known here. */
  refresh(ids) {
    const known = [...ids].filter((id) => this.items.has(id));
    for (let at = 0; at < known.length; at += batch) this.fetch(known.slice(at, at + batch));
  }

  /** Shows an edit before the server's answer. */
  change(ids, edit) {
    const changed = new Set();
    for (const id of ids) {
      const item = this.items.get(id);
      if (!item) continue;
      this.items.set(id, { ...item, ...edit(item) });
      changed.add(id);
    }
    if (changed.size) this.changed(changed);
  }
}

export const thumbnail = (sha256, size) => `/thumbnails/${sha256}?size=${size}`;

/** A result: the ids of all of it, and records of what was near the window. */
export class LibrarySource {
  /** Whether all ratios are known. They do not change what was laid out. */
  isComplete = false;

  /** `ids` may be only the first of `count`. */
  constructor(records, ids, count, typicalRatio, isComplete) {
    this.records = records;
    this.ids = ids;
    this.count = count;
    this.typicalRatio = typicalRatio;
    this.isComplete = isComplete;
  }

  id(index) { return this.ids[index]; }
  item(index) { return this.records.get(this.ids[index]); }
  ratio(index) {
    const item = this.item(index);
    return item ? item.w / item.h : this.isComplete ? this.typicalRatio : undefined;
  }
  address(index) { return this.ids[index] === undefined ? "#" : `./${location.search}#${this.ids[index]}`; }
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
    return new LibrarySource(this.records, ids, ids.length, this.typicalRatio, this.isComplete);
  }
}

/** The usual shape of images: the mean of those given. */
export function typicalRatioOf(items) {
  const ratios = items.filter((item) => item?.sha256).map((item) => usableRatio(item.w / item.h));
  return ratios.length ? ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length : 1;
}
