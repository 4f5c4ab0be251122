// Two to four images side by side, zoomed together; two also with a divider or as their difference.

import { get } from "./api.js";
import { byId, isMeasured, make } from "./dom.js";
import { PictureZoom } from "./zoom.js";

const meanings = {
  "identical-file": "The files have the same bytes.", "identical-pixels": "The files differ, but all pixels are equal.",
  "visually-identical": "The differences are too small to see.", "near-identical": "Slightly different everywhere.",
  "locally-different": "Different in one place, almost equal elsewhere.",
  "similar-composition": "Similar composition, different content.", different: "Different pixels and composition.",
};

export class Comparison {
  constructor(hooks) {
    this.hooks = hooks;
    this.dialog = byId("compare");
    this.place = byId("panels");
    this.zoom = new PictureZoom({
      changed: (zoom) => { byId("compare-zoom").textContent = Math.round(zoom.scale * 100) + "%"; },
    });
    this.detach = [];
    byId("compare-close").addEventListener("click", () => this.close());
    this.dialog.addEventListener("cancel", (event) => { event.preventDefault(); this.close(); });
    for (const mode of ["side", "slider", "difference"]) {
      byId("mode-" + mode).addEventListener("click", () => this.arrange(mode));
    }
    byId("compare-fit").addEventListener("click", () => this.zoom.fit());
    byId("compare-actual").addEventListener("click", () => this.zoom.actual());
    byId("compare-in").addEventListener("click", () => this.zoom.by(1.5));
    byId("compare-out").addEventListener("click", () => this.zoom.by(1 / 1.5));
    byId("divider").addEventListener("input", (event) => this.divide(event.target.value));
    this.dialog.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input")) return;
      const action = {
        "+": () => this.zoom.by(1.5), "=": () => this.zoom.by(1.5), "-": () => this.zoom.by(1 / 1.5),
        w: () => this.zoom.fit(), o: () => this.zoom.actual(),
        ArrowLeft: () => this.zoom.pan(80, 0), ArrowRight: () => this.zoom.pan(-80, 0),
        ArrowUp: () => this.zoom.pan(0, 80), ArrowDown: () => this.zoom.pan(0, -80),
      }[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    });
  }

  open(items) {
    this.items = items;
    byId("compare-title").textContent = "Compare " + items.map((item) => "#" + item.id).join(", ");
    byId("modes").hidden = items.length !== 2;
    this.dialog.showModal();
    this.arrange("side");
    this.judge();
  }

  close() {
    this.judging?.abort();
    for (const end of this.detach) end();
    this.detach = [];
    this.dialog.close();
    this.place.replaceChildren();
    this.hooks.closed();
  }

  arrange(mode) {
    this.mode = mode;
    for (const end of this.detach) end();
    this.detach = [];
    for (const other of ["side", "slider", "difference"]) byId("mode-" + other).setAttribute("aria-pressed", other === mode);
    byId("divider-label").hidden = mode !== "slider";
    this.place.className = `panels ${mode} count-${this.items.length}`;
    const picture = (item) => {
      const image = make("img", { src: `/images/${item.sha256}`, alt: item.prompt || "Image " + item.id, draggable: "false" });
      image.dataset.width = isMeasured(item) ? item.w : "";
      image.dataset.height = isMeasured(item) ? item.h : "";
      return image;
    };
    const label = (item) => make("figcaption", {}, make("a", { href: "#" + item.id, text: "#" + item.id, onclick: () => this.close() }),
      make("span", { text: item.seed == null ? "" : ` seed ${item.seed}` }));
    if (mode === "side") {
      this.place.replaceChildren(...this.items.map((item) => {
        const image = picture(item);
        const stage = make("div", { class: "stage" }, image);
        const figure = make("figure", {}, stage, label(item));
        queueMicrotask(() => this.detach.push(this.zoom.attach(stage, image)));
        return figure;
      }));
    } else {
      const [first, second] = this.items.map((item) => picture(item));
      // Both have the size of the first, so that equal places lie on each other.
      second.dataset.width = first.dataset.width;
      second.dataset.height = first.dataset.height;
      const lower = make("div", { class: "layer" }, first), upper = make("div", { class: "layer upper" }, second);
      const stage = make("div", { class: "stage" }, lower, upper);
      this.place.replaceChildren(make("figure", {}, stage, ...this.items.map(label)));
      queueMicrotask(() => {
        // The upper layer catches the pointer for both.
        this.detach.push(this.zoom.attach(upper, second), this.zoom.attach(lower, first));
        this.zoom.apply();
      });
      this.upper = upper;
      this.divide(byId("divider").value);
    }
    queueMicrotask(() => this.zoom.reset());
  }

  divide(percent) {
    if (this.upper) this.upper.style.clipPath = this.mode === "slider" ? `inset(0 0 0 ${percent}%)` : "none";
  }

  /** The verdict of each image against the first, as the command `compare` gives it. */
  async judge() {
    this.judging?.abort();
    const { signal } = this.judging = new AbortController();
    const place = byId("verdicts");
    place.replaceChildren();
    const [first, ...others] = this.items;
    for (const other of others) {
      const line = make("p", { text: `#${first.id} and #${other.id}: …` });
      place.append(line);
      try {
        const verdict = await get("compare", { a: first.sha256, b: other.sha256 }, signal);
        const numbers = [
          verdict.mean_absolute_error != null && `mean error ${verdict.mean_absolute_error.toFixed(2)}`,
          verdict.worst_tile_rmse != null && verdict.worst_tile
            && `worst tile ${verdict.worst_tile_rmse.toFixed(2)} at ${verdict.worst_tile.join(", ")}`,
          verdict.phash_distance != null && `fingerprints differ in ${verdict.phash_distance} of 64 bits`,
          verdict.same_size === false && "sizes differ",
        ].filter(Boolean);
        line.replaceChildren(`#${first.id} and #${other.id}: `, make("strong", { text: verdict.kind }), `. ${meanings[verdict.kind] ?? ""} `,
          make("span", { class: "aside", text: numbers.join(", ") }));
      } catch (error) {
        // Other images are compared now.
        if (signal.aborted) return;
        line.textContent = `#${first.id} and #${other.id}: ${error.words ?? error}`;
      }
    }
  }
}
