// Filters, order and search of an exported gallery, and their place in the address.

import { byId, isMeasured, make, nameOfMonth, number } from "./dom.js";
import { page } from "./data.js";
import { QueryError, namesIn, readQuery } from "./query.js";

export const searchField = byId("search");
const filterNames = ["tag", "collection", "favorite", "model", "size", "rating", "month"];
export const selects = Object.fromEntries([...filterNames, "order"].map((name) => [name, byId(name)]));

/** What each filter sees in an image: the values that it counts under. */
const valuesOf = {
  tag: (item) => new Set(item.tags.flatMap(namesIn)),
  collection: (item) => item.collections,
  favorite: (item) => [item.favorite ? "yes" : "no"],
  model: (item) => item.model ? [item.model] : [],
  size: (item) => isMeasured(item) ? [`${item.w}×${item.h}`] : [],
  rating: (item) => item.rating ? Array.from({ length: item.rating }, (_, index) => String(index + 1)) : ["none"],
  month: (item) => item.month ? [item.month] : [],
};
const labelOf = {
  favorite: (value) => value === "yes" ? "♥ only" : "not favorite",
  rating: (value) => value === "none" ? "unrated" : value === "5" ? "★★★★★" : "★".repeat(value) + " and up",
  month: nameOfMonth,
};
/** Large seeds are text, since a number would be rounded; images without a seed come last. */
function bySeed(a, b) {
  if (a.seed == null || b.seed == null) return (a.seed == null) - (b.seed == null);
  const [first, second] = [BigInt(a.seed), BigInt(b.seed)];
  return first < second ? -1 : first > second ? 1 : 0;
}
const orders = {
  "as exported": null,
  "newest first": (a, b) => (b.created ?? "").localeCompare(a.created ?? ""),
  "oldest first": (a, b) => (a.created ?? "").localeCompare(b.created ?? ""),
  "best rated": (a, b) => (b.rating ?? 0) - (a.rating ?? 0) || (b.favorite ?? 0) - (a.favorite ?? 0),
  "by seed": bySeed,
};

const option = (value, label) => make("option", { value, text: label });

export function fillFilters() {
  for (const name of filterNames) {
    const counts = new Map();
    for (const item of page.images) {
      for (const value of valuesOf[name](item)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const values = [...counts.keys()].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
    if (["month", "rating", "favorite"].includes(name)) values.reverse();
    selects[name].append(option("", "any"), ...values.map((value) =>
      option(value, `${labelOf[name]?.(value) ?? value}  (${number.format(counts.get(value))})`)));
    const isListed = name === "tag" || name === "collection";
    selects[name].parentElement.hidden = counts.size < (isListed ? 1 : 2);
  }
  selects.order.append(...Object.keys(orders).map((name) => option(name, name)));
}

export const isFiltered = () => filterNames.some((name) => selects[name].value !== "");

/** The images that search and filters leave, in the order that was chosen. A wrong query leaves null. */
export function chosenImages(isTyping) {
  const words = byId("search-words");
  const tests = [];
  try {
    const { test, notes } = readQuery(searchField.value, isTyping);
    if (test) tests.push(test);
    words.textContent = notes.join(" ");
    searchField.removeAttribute("aria-invalid");
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    words.textContent = error.message;
    searchField.setAttribute("aria-invalid", "true");
    return null;
  }
  for (const name of filterNames) {
    const value = selects[name].value;
    selects[name].classList.toggle("set", value !== "");
    if (value !== "") tests.push((item) => [...valuesOf[name](item)].includes(value));
  }
  const items = tests.length ? page.images.filter((item) => tests.every((test) => test(item))) : page.images;
  const order = orders[selects.order.value];
  return order ? [...items].sort(order) : items;
}

export function clearFilters() {
  searchField.value = "";
  for (const name of filterNames) selects[name].value = "";
}

/** Search and filters as the address keeps them. */
export function addressOfFilters() {
  const parameters = new URLSearchParams();
  if (searchField.value) parameters.set("q", searchField.value);
  for (const [name, select] of Object.entries(selects)) {
    if (select.value && select.value !== "as exported") parameters.set(name, select.value);
  }
  const text = parameters.toString();
  return location.pathname + (text ? "?" + text : "");
}

/** Sets search and filters as the address has them. */
export function readFilters() {
  const parameters = new URLSearchParams(location.search);
  searchField.value = parameters.get("q") ?? "";
  for (const [name, select] of Object.entries(selects)) {
    const wanted = parameters.get(name) ?? "";
    const isOffered = [...select.options].some((choice) => choice.value === wanted);
    select.value = isOffered ? wanted : select.options[0].value;
  }
}
