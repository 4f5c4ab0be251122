// The dialogs that add a tag or put images into a collection, with the ones used lately.

import { get } from "./api.js";
import { byId, make } from "./dom.js";

const mostRecent = 8;

/** Names used lately, in this browser. */
class RecentNames {
  constructor(key) { this.key = key; }
  get all() { try { return JSON.parse(localStorage.getItem(this.key)) ?? []; } catch { return []; } }
  use(name) {
    const names = [name, ...this.all.filter((other) => other !== name)].slice(0, mostRecent);
    try { localStorage.setItem(this.key, JSON.stringify(names)); } catch { /* They are only a convenience. */ }
  }
}

/** Asks for a name; resolves to it, or to null. */
export async function askName({ title, field, verb, key }) {
  const dialog = byId("name"), input = byId("name-field"), recent = new RecentNames("seedbank-recent-" + key);
  byId("name-title").textContent = title;
  byId("name-go").textContent = verb;
  input.value = "";
  const choose = (name) => { input.value = name; dialog.close("go"); };
  byId("name-recent").replaceChildren(...recent.all.map((name, index) => make("li", {},
    make("button", { type: "button", class: "button", onclick: () => choose(name) },
      make("kbd", { text: String(index + 1), "aria-hidden": "true" }), make("bdi", { text: name })))));
  const options = byId("name-options");
  options.replaceChildren();
  let waiting;
  input.oninput = async () => {
    waiting?.abort();
    waiting = new AbortController();
    try {
      // With a quotation mark, a space does not end the name.
      const text = `${field}:"${input.value.replaceAll('"', "")}`;
      const answer = await get("complete", { text, cursor: text.length }, waiting.signal);
      options.replaceChildren(...answer.suggestions.map(({ label }) =>
        make("option", { value: label.startsWith(field + ":") ? label.slice(field.length + 1) : label })));
    } catch { /* Names can be typed without suggestions. */ }
  };
  // A digit chooses a recent name, as long as nothing is typed.
  input.onkeydown = (event) => {
    const name = !input.value && /^[1-9]$/.test(event.key) ? recent.all[Number(event.key) - 1] : null;
    if (!name) return;
    event.preventDefault();
    choose(name);
  };
  dialog.returnValue = "";
  dialog.showModal();
  input.focus();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  // The next question may be for names of another kind.
  waiting?.abort();
  const name = dialog.returnValue === "go" ? input.value.trim() : "";
  if (name) recent.use(name);
  return name || null;
}
