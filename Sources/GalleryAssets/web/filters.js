// Filters and order: selects whose choices are counted from what is there.

const searchField = document.getElementById("search");
const filterNames = ["tag", "model", "size", "rating", "month"];
const selects = Object.fromEntries(
  [...filterNames, "order"].map((name) => [name, document.getElementById(name)]));
const number = new Intl.NumberFormat();
const monthName = new Intl.DateTimeFormat(undefined, { month: "long", year: "numeric", timeZone: "UTC" });

/** What each filter sees in a picture: the values that it counts under. */
const valuesOf = {
  tag: (item) => new Set(item.tags.flatMap((tag) =>
    tag.split("/").map((_, index, parts) => parts.slice(0, index + 1).join("/")))),
  model: (item) => item.model ? [item.model] : [],
  size: (item) => [`${item.w}×${item.h}`],
  rating: (item) => item.rating ? Array.from({ length: item.rating }, (_, index) => String(index + 1)) : ["none"],
  month: (item) => item.month ? [item.month] : [],
};
const labelOf = {
  rating: (value) => value === "none" ? "unrated" : value === "5" ? "★★★★★" : "★".repeat(value) + " and up",
  month: (value) => monthName.format(new Date(value + "-01T00:00:00Z")),
};
/** Large seeds come as text, since a number would be rounded; pictures without a seed come last. */
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

function option(value, label) {
  const option = document.createElement("option");
  option.value = value;
  option.textContent = label;
  return option;
}

function fillFilters() {
  for (const name of filterNames) {
    const counts = new Map();
    for (const item of page.images) {
      for (const value of valuesOf[name](item)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const values = [...counts.keys()].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
    if (name === "month" || name === "rating") values.reverse();
    selects[name].append(option("", "any"), ...values.map((value) =>
      option(value, `${labelOf[name]?.(value) ?? value}  (${number.format(counts.get(value))})`)));
    selects[name].parentElement.hidden = counts.size < 2 && !(name === "tag" && counts.size === 1);
  }
  selects.order.append(...Object.keys(orders).map((name) => option(name, name)));
}

/** Shows what search and filters leave. */
function refresh() {
  const tests = readQuery(searchField.value);
  for (const name of filterNames) {
    const value = selects[name].value;
    selects[name].classList.toggle("set", value !== "");
    if (value !== "") tests.push((item) => [...valuesOf[name](item)].includes(value));
  }
  let items = tests.length ? page.images.filter((item) => tests.every((test) => test(item))) : page.images;
  const order = orders[selects.order.value];
  if (order) items = [...items].sort(order);
  const isFiltered = filterNames.some((name) => selects[name].value !== "");
  document.getElementById("more").classList.toggle("filtered", isFiltered);
  document.getElementById("clear").hidden = !isFiltered && !searchField.value;
  document.getElementById("empty").hidden = items.length > 0;
  grid.hidden = items.length === 0;
  const all = page.images.length;
  document.getElementById("count").textContent = items.length === all
    ? `${number.format(all)} ${all === 1 ? "picture" : "pictures"}`
    : `${number.format(items.length)} of ${number.format(all)}`;
  current = 0;
  showItems(items);
}

function clearAll() {
  searchField.value = "";
  for (const name of filterNames) selects[name].value = "";
  refresh();
  searchField.focus();
}

let pending = 0;
searchField.addEventListener("input", () => {
  cancelAnimationFrame(pending);
  pending = requestAnimationFrame(() => { scrollTo(0, 0); refresh(); });
});
for (const select of Object.values(selects)) {
  select.addEventListener("change", () => { scrollTo(0, 0); refresh(); });
}
document.getElementById("find").addEventListener("submit", (event) => {
  event.preventDefault();
  focusTile(0);
});
document.getElementById("clear").addEventListener("click", clearAll);
document.getElementById("empty-clear").addEventListener("click", clearAll);
document.getElementById("more").addEventListener("click", (event) => {
  const isOpen = document.getElementById("filters").classList.toggle("open");
  event.currentTarget.setAttribute("aria-expanded", isOpen);
});
