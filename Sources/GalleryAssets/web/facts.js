// What is known of a picture, in words and as a command.

import { byId, counted, isMeasured, make } from "./dom.js";

/** Text as one word of a POSIX shell. */
export const shellQuoted = (text) =>
  /^[\w.,:@%+=\/-]+$/.test(text) ? text : `'${text.replace(/'/g, `'\\''`)}'`;

/** No option of the command gives a mask. */
const isMask = ({ role }) => role === "mask";

/** What one must know to run the command: where its paths begin, and what it leaves out. */
export function noteForCommand({ references = [], absent_references: absent = 0 }) {
  const masks = references.filter(isMask).length, left = masks + absent;
  return [
    references.length > masks && "Run the command in the folder of this page, because the paths of its reference images begin there.",
    left && `The command leaves out ${left} of the request's `
      + `${counted(references.length + absent, "reference image or mask", "reference images and masks")}.`,
  ].filter(Boolean).join(" ");
}

/** The command that requests the picture again, with everything that is known of it. */
export function commandFor(item) {
  const words = ["seedbank", "generate"];
  const option = (name, value) => { if (value != null) words.push(`--${name}`, shellQuoted(String(value))); };
  option("provider", item.provider);
  option("model", item.model);
  option("size", item.size ?? (isMeasured(item) ? `${item.w}x${item.h}` : null));
  option("seed", item.seed);
  option("guidance-scale", item.guidance);
  if (item.watermark != null) words.push(item.watermark ? "--watermark" : "--no-watermark");
  option("group", item.group);
  for (const reference of item.references ?? []) if (!isMask(reference)) option("reference", decodeURIComponent(reference.file));
  // A prompt that begins with a hyphen would be read as an option.
  if (item.prompt.startsWith("-")) words.push("--");
  return [...words, shellQuoted(item.prompt)].join(" ");
}

/** Names and values for the table; what is not known has no row. `link` makes a value a link to an id. */
export function factsOf(item) {
  const date = item.created && new Date(item.created)
    .toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  const facts = [
    { name: "Seed", value: item.seed }, { name: "Model", value: item.model },
    { name: "Size", value: isMeasured(item) ? `${item.w} × ${item.h}` : item.size }, { name: "Guidance", value: item.guidance },
    { name: "Watermark", value: item.watermark == null ? null : item.watermark ? "yes" : "no" },
    { name: "Rating", value: item.rating && "★".repeat(item.rating) + "☆".repeat(5 - item.rating), stars: item.rating },
    { name: "Favorite", value: item.favorite && "yes" },
    { name: "Collections", value: item.collections?.join(", ") },
    { name: "Status", value: item.status === "complete" ? null : item.status },
    { name: "Recorded", value: date },
    { name: "Reproduced from", value: item.parent, link: item.parent?.replace("#", "") },
    { name: "Verdict", value: item.verdict },
    ...Object.entries(item.extra ?? {}).map(([name, value]) =>
      ({ name, value: value !== null && typeof value === "object" ? JSON.stringify(value) : value })),
    { name: "File", value: item.file && decodeURI(item.file) }, { name: "SHA-256", value: item.sha256 },
  ];
  return facts.filter(({ value }) => value != null && value !== "" && value !== false);
}

/** What a reference image is called. */
export const nameOfReference = ({ position, role }) => (isMask({ role }) ? "Mask" : `Reference image ${position}`);

/** Shows the images that a request was made with; the page is told where each one is, and nothing if a file is missing. */
export function showReferences(references, addressOf) {
  const list = byId("references");
  list.closest("div").hidden = !references.length;
  list.replaceChildren(...references.map((reference) => {
    const name = nameOfReference(reference), address = addressOf(reference);
    return make("li", {}, address
      ? make("a", { href: address.file, title: name }, make("img", { src: address.picture, alt: name, loading: "lazy" }))
      : make("span", { class: "aside", text: `${name}: file missing` }));
  }));
}
