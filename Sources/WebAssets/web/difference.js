// What changes from one prompt to another, word by word.

import { make } from "./dom.js";

/** Longer prompts are compared by their beginnings. */
const mostWords = 600;

const split = (text) => (text.match(/\s+|[\p{L}\p{N}\p{M}]+|[^\s\p{L}\p{N}\p{M}]/gu) ?? []).slice(0, mostWords);

/** Pieces as `[kind, text]`: "same", "gone" or "new". The longest common sequence stays. */
export function differences(before, after) {
  const [a, b] = [split(before), split(after)];
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i][j] = a[i] === b[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const pieces = [];
  const add = (kind, text) => {
    if (pieces.at(-1)?.[0] === kind) pieces.at(-1)[1] += text; else pieces.push([kind, text]);
  };
  let i = 0, j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) { add("same", a[i]); i++; j++; }
    else if (j >= b.length || (i < a.length && lengths[i + 1][j] >= lengths[i][j + 1])) add("gone", a[i++]);
    else add("new", b[j++]);
  }
  return pieces;
}

/** The difference as elements, which screen readers name too. */
export const differenceElements = (before, after) =>
  differences(before, after).map(([kind, text]) =>
    kind === "same" ? document.createTextNode(text) : make(kind === "gone" ? "del" : "ins", { text }));
