// Small pieces that every part of a page needs.

/** A formatter that is made when it is first used. Making one takes longer than showing the first images. */
export const formatter = (make) => {
  let made;
  return { format: (value) => (made ??= make()).format(value) };
};

export const number = formatter(() => new Intl.NumberFormat());
const monthName = formatter(() => new Intl.DateTimeFormat(undefined, { month: "long", year: "numeric", timeZone: "UTC" }));

export const byId = (id) => document.getElementById(id);

/** Makes an element. Foreign text only ever becomes text or an attribute, never markup. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value == null || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/** `3 images`, `1 image`. */
export const counted = (count, one, many = one + "s") => `${number.format(count)} ${count === 1 ? one : many}`;

/** A month such as `2026-11`, as a formatter writes it. One that is not in the years 0 to 9999 is returned unchanged. */
export function textOfMonth(month, format) {
  const start = new Date(month + "-01T00:00:00Z");
  return Number.isNaN(start.getTime()) ? month : format.format(start);
}

/** The month of a time as `Nov 2026`-like text; the value is `2026-11`. */
export const nameOfMonth = (month) => textOfMonth(month, monthName);

/**
 * Whether the pixels of an image are known. An image that was not decoded and was requested without a size has one
 * pixel, so that the grid can place it.
 */
export const isMeasured = (item) => item.w > 1 || item.h > 1;

/** Resolves when the browser has shown what was changed, and asked for its images; soon, if the page is not in sight. */
export const afterPaint = () => new Promise((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve));
  setTimeout(resolve, 100);
});

export const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/** Whether a click follows a link here, and not in another tab or window. */
export const isPlain = (event) => !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

/** Whether an input method takes a key. Safari ends the composition before it reports the key that ends it. */
export const isComposed = (event) => event.isComposing || event.keyCode === 229;

/** Whether keys typed there are text. */
export const isTyping = (target) => Boolean(target.closest?.("input, select, textarea, [contenteditable]"));

/** Copies text; returns whether the browser allowed it. */
export async function copyText(text, near) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Pages without permission to write the clipboard can still copy a selection.
    const field = make("textarea", { class: "hidden", "aria-hidden": "true" });
    field.value = text;
    near.append(field);
    field.select();
    const isDone = document.execCommand("copy");
    field.remove();
    return isDone;
  }
}

/** Closes a dialog when the click lands beside its content. */
export function closeOnBackdrop(dialog, close) {
  let startedOutside = false;
  dialog.addEventListener("pointerdown", (event) => { startedOutside = event.target === dialog; });
  dialog.addEventListener("click", (event) => { if (event.target === dialog && startedOutside) close(); });
}
