// Saved searches, collections, and what the result has in common, as terms that can be added to the query.

import { get } from "./api.js";
import { byId, make, nameOfMonth, number } from "./dom.js";
import { hasTerm, quoted, term, toggled } from "./terms.js";

const labels = {
  ratings: (value) => value === "none" ? "unrated" : "★".repeat(Number(value)),
  months: nameOfMonth,
};
const terms = {
  tags: (value) => term("tag", value), models: (value) => term("model", value), sizes: (value) => term("size", value),
  ratings: (value) => `rating:${value}`, months: (value) => `created:${value}`,
};
const titles = { tags: "Tags", ratings: "Ratings", months: "Months", models: "Models", sizes: "Sizes" };

export class Sidebar {
  /** `search(query)` runs a query; `current()` is the one that was asked for last, as it was sent to the server. */
  constructor(search, current) {
    this.search = search;
    this.current = current;
    this.element = byId("sidebar");
    this.sections = byId("facets");
    byId("more").addEventListener("click", () => this.toggle());
    byId("sidebar-close").addEventListener("click", () => this.toggle(false));
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.isDrawer) return;
      // The key would also clear the selection.
      event.stopPropagation();
      this.toggle(false);
    });
    this.narrow = matchMedia("(max-width: 899px)");
    this.narrow.addEventListener("change", () => this.toggle(!this.narrow.matches));
    this.toggle(!this.narrow.matches, true);
  }

  get isDrawer() { return this.narrow.matches; }

  toggle(isOpen = this.element.hidden, isQuiet = false) {
    this.element.hidden = !isOpen;
    byId("more").setAttribute("aria-expanded", isOpen);
    if (isQuiet || !this.isDrawer) return;
    if (isOpen) byId("sidebar-close").focus(); else byId("more").focus();
  }

  showLibrary({ saved, collections }) {
    this.fill("saved", saved.map(({ name, query }) => ({ name, act: () => this.go(query), isOn: this.query === query })));
    this.fill("collections", collections.map(({ name, count }) => this.entry(name, count, `collection:${quoted(name)}`)));
  }

  entry(name, count, wanted) {
    return { name, count, isOn: hasTerm(this.query ?? "", wanted), act: () => this.go(toggled(this.current(), wanted)) };
  }

  go(query) {
    this.search(query);
    if (this.isDrawer) this.toggle(false);
  }

  fill(id, entries) {
    const list = byId("facet-" + id);
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.name : null;
    list.closest("section").hidden = entries.length === 0;
    list.replaceChildren(...entries.map(({ name, label, count, act, isOn }) => make("li", {},
      make("button", { type: "button", class: "entry", "aria-pressed": String(Boolean(isOn)), "data-name": name, onclick: act },
        make("bdi", { text: label ?? name }), count == null ? null : make("span", { class: "number", text: number.format(count) })))));
    if (focused != null) [...list.querySelectorAll("button")].find((button) => button.dataset.name === focused)?.focus();
  }

  /** Counts what the result has in common; an answer that came too late is dropped. */
  async refresh({ text, query }) {
    this.query = text;
    if (this.library) this.showLibrary(this.library);
    this.waiting?.abort();
    this.waiting = new AbortController();
    try {
      const facets = await get("facets", { q: query, limit: 12 }, this.waiting.signal);
      for (const name of Object.keys(titles)) {
        const values = (facets[name] ?? []).slice(0, name === "months" ? 12 : 10);
        this.fill(name, values.map(({ value, count }) =>
          ({ ...this.entry(value, count, terms[name](value)), label: labels[name]?.(value) })));
      }
    } catch (error) {
      if (error.name !== "AbortError") for (const name of Object.keys(titles)) this.fill(name, []);
    }
  }

  /** Reads collections and saved searches. An answer that comes after that to a later question is not shown. */
  async refreshLibrary() {
    const turn = this.turn = (this.turn ?? 0) + 1;
    const library = await get("library");
    if (turn === this.turn) {
      this.library = library;
      this.showLibrary(library);
    }
    return library;
  }
}
