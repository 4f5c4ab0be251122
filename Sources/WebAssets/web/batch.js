// The images of one request as a table, a row and a column for each value, which fills in as they arrive.

import { get } from "./api.js";
import { byId, counted, isPlain, make } from "./dom.js";
import { itemOf, thumbnail } from "./records.js";

const words = {
  queued: "waiting", submitting: "being sent", pending: "in progress", ready: "being downloaded",
  failed: "failed", unknown: "outcome unknown", lost: "lost", held: "held",
};
const unfinished = new Set(["queued", "submitting", "pending", "ready"]);
/** Milliseconds between questions why nothing arrives. */
const interval = 2000;
/** Ids that one call may name. */
const most = 500;

export class Batch {
  items = new Map();
  /** Requests are numbered, so that an answer does not replace a later one. */
  turn = 0;
  ids = [];
  timer = 0;

  constructor(hooks) {
    this.hooks = hooks;
    this.dialog = byId("batch");
    byId("batch-open").addEventListener("click", () => this.dialog.showModal());
    byId("batch-close").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => hooks.closed());
  }

  /** Shows the requests that the server recorded. */
  show({ ids, axes }) {
    this.ids = ids;
    this.items = new Map();
    this.build(axes);
    byId("batch-open").hidden = false;
    if (!this.dialog.open) this.dialog.showModal();
    this.read(ids);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), interval);
  }

  /** Ids that changed, or null for all. */
  changed(ids) {
    const mine = ids ? this.ids.filter((id) => ids.has(id)) : this.ids;
    if (mine.length) this.read(mine);
  }

  build(axes) {
    const name = (axis, value) => `${axis.field.replaceAll("_", " ")} ${value}`;
    const columns = axes.at(-1);
    const rows = axes.slice(0, -1).reduce(
      (names, axis) => names.flatMap((before) => axis.values.map((value) => [...before, name(axis, value)])), [[]]);
    const width = columns?.values.length ?? this.ids.length;
    // A model without seeds makes several images with the same values.
    const each = Math.max(1, Math.round(this.ids.length / (rows.length * width)));
    const head = columns && make("thead", {}, make("tr", {}, rows[0].length ? make("td") : null,
      ...columns.values.map((value) => make("th", { scope: "col", text: name(columns, value) }))));
    const body = rows.map((names, row) => make("tr", {},
      names.length ? make("th", { scope: "row", text: names.join(", ") }) : null,
      ...Array.from({ length: width }, (_, column) => {
        const first = (row * width + column) * each;
        return make("td", {}, ...this.ids.slice(first, first + each).map((id) => make("div", { "data-id": id, class: "made" })));
      })));
    byId("batch-table").replaceChildren(...[head, make("tbody", {}, ...body)].filter(Boolean));
    this.draw();
  }

  async read(ids) {
    try {
      for (let at = 0; at < ids.length; at += most) {
        const turn = ++this.turn;
        const page = await get("generations", { ids: ids.slice(at, at + most).join(",") });
        page.generations.forEach((record, index) => {
          if ((this.items.get(record.id)?.turn ?? 0) > turn) return;
          this.items.set(record.id, { ...itemOf(record, page.placeholders?.[index]), turn });
        });
      }
      this.draw();
    } catch {
      // Asked for again when an event or the timer comes.
    }
  }

  /** Asks why nothing arrives, as long as something is expected. */
  async ask() {
    const { ids } = this;
    try {
      const { generate } = await get("library");
      byId("batch-notice").textContent = generate?.notice ? `Not sent: ${generate.notice}` : "";
      if (generate) this.hooks.settings(generate);
    } catch {
      // The page says that the server cannot be reached.
    }
    // Another request has its own questions.
    if (ids !== this.ids) return;
    const open = ids.filter((id) => unfinished.has(this.items.get(id)?.status ?? "queued"));
    if (!open.length) return;
    this.read(open);
    this.timer = setTimeout(() => this.ask(), interval);
  }

  draw() {
    let finished = 0, failed = 0;
    for (const cell of byId("batch-table").querySelectorAll("[data-id]")) {
      const item = this.items.get(Number(cell.dataset.id));
      const status = item?.status ?? "queued";
      if (!unfinished.has(status)) finished++;
      if (status in words && !unfinished.has(status)) failed++;
      const shown = status + (item?.sha256 ?? "");
      if (cell.dataset.shown === shown) continue;
      cell.dataset.shown = shown;
      cell.replaceChildren(this.content(cell.dataset.id, item, status));
    }
    const total = this.ids.length;
    byId("batch-progress").max = total;
    byId("batch-progress").value = finished;
    byId("batch-status").textContent = `${finished} of ${counted(total, "image")} finished.` + (failed ? ` ${counted(failed, "request")} gave no image.` : "");
    byId("batch-open").textContent = finished < total ? `${finished} of ${total}` : "Results";
    if (finished === total) byId("batch-notice").textContent = "";
  }

  content(id, item, status) {
    if (status !== "complete" || !item.sha256) {
      return make("span", { class: "made-state", text: words[status] ?? "no image", title: item?.error?.message });
    }
    const link = make("a", { href: "#" + id, "aria-label": `Open image #${id}` },
      make("img", { src: thumbnail(item.sha256, 320), alt: "" }));
    link.addEventListener("click", (event) => {
      if (!isPlain(event)) return;
      event.preventDefault();
      this.dialog.close();
      this.hooks.open(id);
    });
    return link;
  }
}
