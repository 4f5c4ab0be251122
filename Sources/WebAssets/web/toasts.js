// Short messages at the foot of the window.

import { byId, make } from "./dom.js";

const shownFor = 8000;

/** Shows a message, with a button if `action` is given. Hovering or focusing keeps it. */
export function toast(text, { action, act, isError = false } = {}) {
  const place = document.querySelector("dialog[open] .toasts") ?? byId("toasts");
  const element = make("div", { class: isError ? "toast error" : "toast" }, make("span", { text }));
  let timer;
  const end = () => {
    clearTimeout(timer);
    element.remove();
  };
  const start = () => { timer = setTimeout(end, shownFor); };
  if (action) {
    element.append(make("button", { type: "button", class: "plain", text: action, onclick: () => { end(); act(); } }));
  }
  element.addEventListener("pointerenter", () => clearTimeout(timer));
  element.addEventListener("pointerleave", start);
  element.addEventListener("focusin", () => clearTimeout(timer));
  element.addEventListener("focusout", start);
  while (place.children.length > 2) place.firstChild.remove();
  place.append(element);
  start();
}

/** Asks before something large is done; resolves to whether to go on. */
export function confirmEdit(title, text, verb) {
  const dialog = byId("confirm");
  byId("confirm-title").textContent = title;
  byId("confirm-text").textContent = text;
  byId("confirm-go").textContent = verb;
  dialog.returnValue = "";
  dialog.showModal();
  byId("confirm-go").focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "go"), { once: true });
  });
}
