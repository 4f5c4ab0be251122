// One picture large, and how it was made beside it.

import { byId, copyText, isComposed, isMeasured, isPlain, make, number } from "./dom.js";
import { commandFor, factsOf } from "./facts.js";
import { PictureZoom } from "./zoom.js";

/**
 * Hooks: `close()` and `step(by)` change the address; `tag(name)` searches for a tag; `cancel()` ends what is being
 * entered and returns whether something was; `shown(item, index)` fills in what a page knows beside; `count()` and
 * `indexOf(item)` say where the picture stands in the result; `address(id)` gives a link; `full(item)` and
 * `pictures(item)` give URLs; `command(item)` gives the command that requests the picture again.
 */
export class PictureViewer {
  item = null;

  constructor(hooks) {
    this.hooks = hooks;
    this.dialog = byId("viewer");
    this.about = this.dialog.querySelector(".about");
    this.stage = byId("stage");
    this.picture = byId("picture");
    this.zoom = new PictureZoom({
      changed: (zoom) => {
        byId("zoom-value").textContent = Math.round(zoom.scale * 100) + "%";
        byId("zoom-reset").classList.toggle("on", zoom.isFitted);
      },
      tapped: (event, isOnPicture) => { if (!isOnPicture) hooks.close(); },
      swiped: (by) => hooks.step(by),
      swipedDown: () => hooks.close(),
    });
    this.zoom.attach(this.stage, this.picture);
    byId("zoom-in").addEventListener("click", () => this.zoom.by(1.5));
    byId("zoom-out").addEventListener("click", () => this.zoom.by(1 / 1.5));
    byId("zoom-reset").addEventListener("click", () => this.zoom.fit());
    byId("zoom-actual").addEventListener("click", () => this.zoom.actual());
    byId("previous").addEventListener("click", () => hooks.step(-1));
    byId("next").addEventListener("click", () => hooks.step(1));
    byId("close").addEventListener("click", () => hooks.close());
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      if (!hooks.cancel?.()) hooks.close();
    });
    this.dialog.addEventListener("keydown", (event) => {
      // Without another key between, a second Escape sends no `cancel`: it would close the dialog, and the address stay.
      if (event.key === "Escape" && !isComposed(event) && hooks.cancel?.()) event.preventDefault(); else this.key(event);
    });
    // If the element with the focus was removed or disabled, keys are sent to the body, outside of the dialog.
    addEventListener("keydown", (event) => {
      const isLost = event.target === document.body && document.querySelectorAll("dialog[open]").length === 1;
      if (isLost && this.dialog.open) this.key(event);
    });
    // Another image replaces this one in the history, as with the arrow keys. Closing then returns to the grid.
    this.dialog.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#"]');
      if (!link || !isPlain(event)) return;
      event.preventDefault();
      location.replace(link.hash);
    });
    for (const button of this.dialog.querySelectorAll("[data-copy]")) {
      button.addEventListener("click", () => this.copy(button));
    }
  }

  get isOpen() { return this.dialog.open; }

  show(item) {
    const isNew = this.item?.id !== item.id || this.item?.sha256 !== item.sha256;
    this.item = item;
    if (isNew) {
      this.load(item);
      byId("copied").textContent = "";
    }
    this.describe(item);
    if (!this.dialog.open) {
      this.dialog.showModal();
      byId("close").focus();
    }
    if (isNew) this.zoom.reset();
  }

  describe(item) {
    const index = this.hooks.indexOf(item), count = this.hooks.count();
    const words = item.prompt || "no prompt";
    this.dialog.setAttribute("aria-label", `Image ${item.id}: ${words.length > 80 ? words.slice(0, 80) + "…" : words}`);
    this.picture.alt = item.prompt || "Image " + item.id;
    byId("about-title").textContent = "#" + item.id;
    byId("place").textContent = index < 0 ? "" : `${number.format(index + 1)} of ${number.format(count)}`;
    byId("previous").disabled = index <= 0;
    byId("next").disabled = index < 0 || index >= count - 1;
    const prompt = byId("prompt");
    prompt.textContent = item.prompt;
    prompt.classList.toggle("long", item.prompt.length > 1200);
    prompt.tabIndex = item.prompt.length > 1200 ? 0 : -1;
    byId("note").textContent = item.note ?? "";
    byId("command").textContent = this.command(item);
    const original = byId("original"), url = this.hooks.full(item);
    if (url) original.href = url; else original.removeAttribute("href");
    this.dialog.querySelector('[data-copy="seed"]').hidden = item.seed == null;
    byId("tags").replaceChildren(...item.tags.map((tag) => make("li", {}, make("button", {
      type: "button", text: tag, title: "Show all images with this tag", onclick: () => this.hooks.tag(tag),
    }))));
    byId("facts").replaceChildren(...factsOf(item).flatMap((fact) => this.fact(fact)));
    this.hooks.shown?.(item, index);
    this.keepFocus();
  }

  /** The command that requests a picture again. */
  command(item) { return this.hooks.command?.(item) ?? commandFor(item); }

  /** Gives the focus to the text if the element that had it was removed or disabled. */
  keepFocus() {
    const { activeElement } = document;
    const isLost = !activeElement || activeElement === document.body || activeElement.disabled;
    if (this.dialog.open && isLost) this.about.focus({ preventScroll: true });
  }

  fact({ name, value, stars, link }) {
    const detail = make("dd");
    const href = link && this.hooks.address(link);
    // A role on the dd itself would break up the list for a screen reader.
    if (stars) detail.append(make("span", { class: "stars", role: "img", "aria-label": `${stars} of 5`, text: value }));
    else if (href) detail.append(make("a", { href, text: value }));
    else detail.append(make("bdi", { text: String(value) }));
    return [make("dt", { text: name }), detail];
  }

  /** The thumbnail at once, the picture itself when it has arrived. */
  load(item) {
    const image = this.picture;
    image.dataset.width = isMeasured(item) ? item.w : "";
    image.dataset.height = isMeasured(item) ? item.h : "";
    const small = this.hooks.pictures(item)[0]?.url, large = this.hooks.full(item);
    if (small ?? large) image.src = small ?? large; else image.removeAttribute("src");
    image.classList.remove("failed");
    if (!large) return;
    const full = new Image();
    full.src = large;
    const take = () => { if (this.item === item || this.item?.sha256 === item.sha256) image.src = large; };
    full.decode().then(take, take);
  }

  /** Fetches a picture that is probably looked at next. */
  prefetch(item) {
    const url = item && this.hooks.full(item);
    if (url) new Image().src = url;
  }

  hide() {
    if (!this.dialog.open) return false;
    this.item = null;
    this.dialog.close();
    return true;
  }

  async copy(button) {
    const what = button.dataset.copy;
    const text = what === "prompt" ? this.item.prompt : what === "seed" ? String(this.item.seed) : this.command(this.item);
    const isDone = await copyText(text, this.dialog);
    button.focus();
    byId("copied").textContent = isDone ? `The ${what} was copied.` : "The browser did not allow copying.";
    button.classList.toggle("done", isDone);
    setTimeout(() => button.classList.remove("done"), 1500);
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    const rtl = getComputedStyle(this.dialog).direction === "rtl" ? -1 : 1;
    const actions = {
      ArrowLeft: () => this.hooks.step(-rtl), ArrowRight: () => this.hooks.step(rtl),
      "+": () => this.zoom.by(1.5), "=": () => this.zoom.by(1.5), "-": () => this.zoom.by(1 / 1.5),
      ...this.hooks.keys,
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action(event);
  }
}
