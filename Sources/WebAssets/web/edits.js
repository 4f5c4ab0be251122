// Edits of the current image or of the selection: counted first if they are large, undone if wanted.

import { send } from "./api.js";
import { counted } from "./dom.js";
import { confirmEdit, toast } from "./toasts.js";

/** Edits of more than this are counted and confirmed before they are made. */
const askFrom = 100;

export class Edits {
  /** One after the other, in the order of the keys. */
  last = Promise.resolve();

  /** `app` has `target()`, `records`, `removed(target)`, `reload()` and `refreshLibrary()`. */
  constructor(app) {
    this.app = app;
  }

  queue(work) {
    const { canvas } = this.app.grid;
    canvas.setAttribute("aria-busy", "true");
    const step = this.last = this.last.then(work)
      .catch((error) => toast(error.words ?? String(error), { isError: true }))
      .finally(() => { if (this.last === step) canvas.setAttribute("aria-busy", "false"); });
    return step;
  }

  /**
   * Makes an edit of the target. `ask(n)` is the question before a large edit, `words(n)` says what was done, and
   * `show(item)` is what changes in an item. Returns whether it was made.
   */
  make(edit, ask, words, show, target = this.app.target()) {
    if (!target) return Promise.resolve(false);
    if (target.tooMany) {
      toast("Select fewer than 100,000 generations, or the whole result.", { isError: true });
      return Promise.resolve(false);
    }
    if (target.count <= askFrom && target.request.ids && show) this.app.records.change(target.request.ids, show);
    // A few images leave the grid at once, so that the next key is for the next image.
    const leavesAtOnce = edit.trash && target.request.ids && target.count <= askFrom;
    if (leavesAtOnce) this.app.removed(target);
    return this.queue(async () => {
      const body = { ...target.request, edit };
      if (target.count > askFrom) {
        const { count } = await send("PATCH", "selection", { ...body, dry_run: true });
        const more = target.isMinimum ? "more than " : "";
        const isSure = await confirmEdit(ask(more + counted(target.count, "generation")),
          `${counted(count, "generation")} of ${more}${counted(target.count, "selected generation")} will change. You can undo this.`, "Apply");
        this.app.restoreFocus();
        if (!isSure) return false;
      }
      try {
        const { count, change } = await send("PATCH", "selection", body);
        toast(`${words(count)}.`, count ? { action: "Undo", act: () => this.undo("undo", change) } : {});
        if (leavesAtOnce) return true;
        if (edit.trash) this.app.removed(target); else if (target.count > askFrom || !target.request.ids) this.app.refreshRecords();
        return true;
      } catch (error) {
        if (target.request.ids) this.app.records.refresh(target.request.ids);
        if (leavesAtOnce) this.app.restored(target.request.ids);
        throw error;
      }
    });
  }

  rate(stars) {
    const rating = stars || null;
    const what = stars ? `Rated ${stars} of 5` : "Removed the rating";
    const ask = (those) => stars ? `Rate ${those} with ${stars} of 5?` : `Remove the rating of ${those}?`;
    return this.make({ rating }, ask, (n) => `${what}: ${counted(n, "generation")}`, () => ({ rating }));
  }

  favorite() {
    const items = this.app.targetItems();
    const favorite = !(items.length && items.every((item) => item.favorite));
    return this.make({ favorite }, (those) => favorite ? `Add ${those} to favorites?` : `Remove ${those} from favorites?`,
      (n) => `${favorite ? "Added to" : "Removed from"} favorites: ${counted(n, "generation")}`,
      () => ({ favorite }));
  }

  /** `target` is what was meant when the name was asked for. */
  tag(add, remove, target) {
    const names = [...add, ...remove], tags = `${names.length === 1 ? "tag" : "tags"} ${names.join(", ")}`;
    return this.make({ tags: { add, remove } },
      (those) => add.length ? `Add the ${tags} to ${those}?` : `Remove the ${tags} from ${those}?`,
      (n) => `${add.length ? "Added" : "Removed"} the ${tags}: ${counted(n, "generation")}`,
      (item) => ({ tags: [...new Set([...item.tags.filter((tag) => !remove.includes(tag)), ...add])] }), target);
  }

  collect(name, target) {
    return this.make({ collection: { add: name } }, (those) => `Add ${those} to ${name}?`, (n) => `Added to ${name}: ${counted(n, "generation")}`,
      undefined, target);
  }

  /** Changes the note `from`, and no other note. */
  note(from, note) {
    return this.make({ note: { from, to: note } }, (those) => `Change the note of ${those}?`, (n) => `${note ? "Changed" : "Removed"} the note: ${counted(n, "generation")}`, () => ({ note }));
  }

  trash() {
    return this.make({ trash: true }, (those) => `Move ${those} to the trash?`, (n) => `Moved to the trash: ${counted(n, "generation")}`);
  }

  /** Undoes or redoes the edit `wanted`, and no other one; without a number, the most recent edit. */
  undo(path = "undo", wanted = undefined) {
    return this.queue(async () => {
      const { action, change } = await send("POST", path, wanted == null ? {} : { change: wanted });
      toast(`${path === "undo" ? "Undone" : "Redone"}: ${action}.`,
        path === "undo" ? { action: "Redo", act: () => this.undo("redo", change) } : {});
      this.app.gone.clear();
      await this.app.reload();
      this.app.refreshLibrary();
    });
  }
}
