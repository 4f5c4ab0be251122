// The search field: suggestions while one types, and what is wrong in words below it.

import { get } from "./api.js";
import { byId, isComposed, make, number } from "./dom.js";

/** Milliseconds between two queries while one types. */
const betweenQueries = 40;

/** A query as the field can hold it: a field removes line breaks, so that two words would become one. */
export const oneLine = (text) => text.replace(/[\r\n]+/g, " ");

export class SearchBox {
  suggestions = [];
  chosen = -1;
  isDue = false;

  /** `changed(text, isTyping)` is called for every change. */
  constructor(changed) {
    this.changed = changed;
    this.field = byId("search");
    this.list = byId("suggestions");
    this.words = byId("search-words");
    this.field.addEventListener("input", () => {
      this.isDue = true;
      if (!this.timer) this.runTyped();
      this.suggest();
    });
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => setTimeout(() => this.close(), 120));
    byId("find").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.list.addEventListener("pointerdown", (event) => {
      const option = event.target.closest("[role=option]");
      if (!option) return;
      event.preventDefault();
      this.take(Number(option.dataset.index));
    });
  }

  /** Runs what is typed: the first character at once, and what is typed in the pause after it at the pause's end. */
  runTyped() {
    this.timer = 0;
    if (!this.isDue) return;
    this.isDue = false;
    this.timer = setTimeout(() => this.runTyped(), betweenQueries);
    this.changed(this.text, true);
  }

  get text() { return this.field.value; }

  /** Suggestions for another text, and what was typed before, have no meaning any more. */
  set text(value) {
    this.field.value = oneLine(value);
    this.isDue = false;
    this.close();
  }

  submit() {
    this.isDue = false;
    this.close();
    this.changed(this.text, false);
  }

  /** Shows what is wrong with the query; nothing clears it. */
  say(words, isError = false) {
    this.words.textContent = words ?? "";
    if (isError) this.field.setAttribute("aria-invalid", "true"); else this.field.removeAttribute("aria-invalid");
  }

  async suggest() {
    this.waiting?.abort();
    this.waiting = new AbortController();
    try {
      const answer = await get("complete", { text: this.text, cursor: this.field.selectionStart }, this.waiting.signal);
      if (document.activeElement !== this.field) return;
      this.range = answer;
      this.show(answer.suggestions.slice(0, 10));
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  show(suggestions) {
    this.suggestions = suggestions;
    this.chosen = -1;
    this.list.replaceChildren(...suggestions.map(({ label, count }, index) =>
      make("li", { role: "option", id: `suggestion-${index}`, "data-index": index, "aria-selected": "false" },
        make("bdi", { text: label }), count == null ? null : make("span", { class: "number", text: number.format(count) }))));
    this.list.hidden = suggestions.length === 0;
    this.field.setAttribute("aria-expanded", suggestions.length > 0);
    this.field.removeAttribute("aria-activedescendant");
  }

  close() {
    this.waiting?.abort();
    if (!this.list.hidden) this.show([]);
  }

  choose(index) {
    this.chosen = (index + this.suggestions.length + 1) % (this.suggestions.length + 1);
    if (this.chosen === this.suggestions.length) this.chosen = -1;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", at === this.chosen));
    if (this.chosen >= 0) {
      this.field.setAttribute("aria-activedescendant", `suggestion-${this.chosen}`);
      this.list.children[this.chosen].scrollIntoView({ block: "nearest" });
    } else {
      this.field.removeAttribute("aria-activedescendant");
    }
  }

  take(index) {
    const { insert } = this.suggestions[index];
    const { from, to } = this.range;
    this.field.setRangeText(insert, from, to, "end");
    this.field.focus();
    this.close();
    this.changed(this.text, true);
    if (insert.endsWith(":")) this.suggest();
  }

  key(event) {
    // Such a key chooses a candidate, or ends the composition.
    if (isComposed(event)) return;
    const isOpen = this.suggestions.length > 0;
    if (event.key === "Escape") {
      if (isOpen) this.close(); else this.leave?.();
      event.preventDefault();
    } else if (isOpen && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.choose(this.chosen < 0 && step < 0 ? this.suggestions.length - 1 : this.chosen + step);
    } else if (!isOpen && event.key === "ArrowDown") {
      event.preventDefault();
      this.suggest();
    } else if (isOpen && this.chosen >= 0 && (event.key === "Enter" || event.key === "Tab")) {
      event.preventDefault();
      this.take(this.chosen);
    }
  }
}
