// What the live page knows of the image in the viewer, and what can be done with it there.

import { get } from "./api.js";
import { byId, make } from "./dom.js";
import { differenceElements } from "./difference.js";
import { showReferences } from "./facts.js";
import { thumbnail, withImage } from "./records.js";
import { term } from "./terms.js";

export class Inspector {
  /** Notes that were typed and not saved, by the numbers of their generations. */
  drafts = new Map();
  /** The note when its form was opened, as the library has it and as the field shows it. */
  from = null;
  before = "";

  constructor(app) {
    this.app = app;
    this.stars = byId("stars");
    for (let stars = 1; stars <= 5; stars++) {
      this.stars.append(make("button", {
        type: "button", class: "star", "aria-label": `${stars} of 5 stars`, "data-stars": stars,
        onclick: () => app.edits.rate(app.viewer.item.rating === stars ? 0 : stars),
      }, make("span", { "aria-hidden": "true", text: "★" })));
    }
    byId("favorite").addEventListener("click", () => app.edits.favorite());
    byId("add-tag").addEventListener("click", () => app.addTag());
    byId("edit-note").addEventListener("click", () => this.editNote());
    byId("same-prompt").addEventListener("click", () => app.searchFromViewer(term("prompt", app.viewer.item.prompt)));
    byId("similar").addEventListener("click", () => app.searchFromViewer(`similar:${app.viewer.item.number}`));
    byId("to-trash").addEventListener("click", () => app.edits.trash());
    byId("reproduce")?.addEventListener("click", () => app.generate.open(app.viewer.item));
    byId("difference-details").addEventListener("toggle", () => this.compareWithNeighbour());
    byId("note-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.saveNote();
    });
  }

  /** Opens the form for the note, with what was typed before and not saved. */
  editNote() {
    if (this.app.library?.read_only) return;
    const form = byId("note-form"), field = byId("note-field");
    if (form.hidden) {
      this.from = this.app.viewer.item.note ?? null;
      field.value = this.from ?? "";
      // The field writes line ends in its own way.
      this.before = field.value;
      field.value = this.drafts.get(this.shown) ?? this.before;
      form.hidden = false;
      byId("edit-note").hidden = true;
    }
    field.focus();
  }

  /** Saves the note, unless somebody else has changed it meanwhile. What was typed is kept until it is saved. */
  async saveNote() {
    const { shown, from } = this, { value } = byId("note-field");
    this.closeNote();
    const saving = this.app.edits.note(from, value.trim() || null);
    byId("edit-note").focus();
    if (await saving && this.drafts.get(shown) === value) this.drafts.delete(shown);
  }

  /** Closes the form for the note, and keeps what was typed. Returns whether it was open. */
  closeNote() {
    const form = byId("note-form"), { value } = byId("note-field");
    if (form.hidden) return false;
    if (value === this.before) this.drafts.delete(this.shown); else this.drafts.set(this.shown, value);
    form.hidden = true;
    byId("edit-note").hidden = false;
    return true;
  }

  /** Ends the writing of a note. Returns whether one was being written. */
  cancel() {
    if (!this.closeNote()) return false;
    byId("edit-note").focus();
    return true;
  }

  /** Notes that the viewer is closed. */
  leave() {
    this.closeNote();
    this.shown = null;
  }

  show(item, index) {
    const isReadOnly = this.app.library?.read_only;
    for (const element of document.querySelectorAll(".for-editing")) element.hidden = isReadOnly;
    for (const star of this.stars.children) {
      const isOn = Number(star.dataset.stars) <= (item.rating ?? 0);
      star.classList.toggle("on", isOn);
      star.setAttribute("aria-pressed", Number(star.dataset.stars) === item.rating);
    }
    byId("favorite").setAttribute("aria-pressed", Boolean(item.favorite));
    byId("same-prompt").hidden = !item.prompt;
    byId("similar").hidden = !item.sha256;
    byId("failure").textContent = item.error ? `${item.error.code}: ${item.error.message}` : "";
    this.showImages(item);
    showReferences(item.record.references ?? [], ({ sha256, missing }) =>
      missing ? null : { file: `/images/${sha256}`, picture: thumbnail(sha256, 160) });
    this.index = index;
    this.compareWithNeighbour();
    if (this.shown !== item.number) {
      this.closeNote();
      this.shown = item.number;
      this.showRelations({});
      this.loadRelations(item.number);
    } else if (this.status !== item.status) {
      this.loadRelations(item.number);
    }
    byId("edit-note").hidden = Boolean(isReadOnly) || !byId("note-form").hidden;
    this.status = item.status;
  }

  showImages(item) {
    const list = byId("positions");
    list.hidden = item.images.length < 2;
    list.replaceChildren(...(list.hidden ? [] : item.images.map((image, position) => make("button", {
      type: "button", class: "button", "aria-pressed": String(position === item.position),
      text: String(position + 1), "aria-label": `Image ${position + 1} of ${item.images.length}`,
      onclick: () => this.app.viewer.show(withImage(item, position)),
    }))));
  }

  compareWithNeighbour() {
    const details = byId("difference-details");
    const { source } = this.app;
    // An image that is not in the result has no neighbor there.
    const neighbour = this.index < 0 ? undefined : source?.item(this.index + 1) ?? source?.item(this.index - 1);
    details.hidden = !neighbour;
    if (!neighbour || !details.open) return;
    byId("difference").replaceChildren(make("p", { class: "aside", text: `From #${neighbour.id} to this image:` }),
      make("p", { class: "prompt", dir: "auto" }, ...differenceElements(neighbour.prompt, this.app.viewer.item.prompt)));
  }

  async loadRelations(id) {
    this.waiting?.abort();
    this.waiting = new AbortController();
    let whole;
    try {
      whole = await get(`generations/${id}`, {}, this.waiting.signal);
    } catch { return; }
    if (this.shown === id) this.showRelations(whole);
  }

  showRelations(whole) {
    const link = (other) => make("li", {}, make("a", { href: "#" + other, text: "#" + other }));
    for (const [name, ids] of [["parents", whole.parents], ["children", whole.children], ["siblings", whole.siblings]]) {
      byId(name).replaceChildren(...(ids ?? []).map(link));
      byId(name).closest("div").hidden = !ids?.length;
    }
    byId("timeline").replaceChildren(...(whole.timeline ?? []).map(({ at, kind, detail }) => make("li", {},
      make("time", { datetime: at, text: new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" }) }),
      make("span", { text: kind }), detail ? make("span", { class: "aside", text: typeof detail === "string" ? detail : JSON.stringify(detail) }) : null)));
  }
}
