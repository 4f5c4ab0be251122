// One picture large, with how it came to be beside it. The address carries its id.

const viewer = document.getElementById("viewer");
const picture = document.getElementById("picture");
const parts = Object.fromEntries(
  ["about-title", "place", "prompt", "copied", "tags", "facts", "note", "command", "original",
    "previous", "next", "close"].map((id) => [id, document.getElementById(id)]));
let viewed = null;
let cameFromGrid = false;

const quote = (text) => /^[\w.,:@%+=\/-]+$/.test(text) ? text : `'${text.replace(/'/g, `'\\''`)}'`;

/** The command that asks for the picture again, with everything that is known of it. */
function commandFor(item) {
  // A prompt that begins with a hyphen would be read as an option.
  const words = ["seedbank", "generate"];
  const option = (name, value) => { if (value != null) words.push(`--${name}`, quote(String(value))); };
  option("model", item.model);
  option("size", item.size ?? `${item.w}x${item.h}`);
  option("seed", item.seed);
  option("guidance-scale", item.guidance);
  if (item.watermark != null) words.push(item.watermark ? "--watermark" : "--no-watermark");
  if (item.prompt.startsWith("-")) words.push("--");
  return [...words, quote(item.prompt)].join(" ");
}

/** Names and values for the table; what nobody knows has no row. */
function factsOf(item) {
  const date = item.created && new Date(item.created)
    .toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  return [
    ["Seed", item.seed], ["Model", item.model], ["Size", `${item.w} × ${item.h}`],
    ["Guidance", item.guidance],
    ["Watermark", item.watermark == null ? null : item.watermark ? "yes" : "no"],
    ["Rating", item.rating && "★".repeat(item.rating) + "☆".repeat(5 - item.rating)],
    ["Favorite", item.favorite && "yes"], ["Recorded", date], ["Reproduced from", item.parent],
    ["Verdict", item.verdict], ...Object.entries(item.extra ?? {}), ["File", item.file && decodeURI(item.file)],
    ["SHA-256", item.sha256],
  ].filter(([, value]) => value != null && value !== "" && value !== false);
}

function show(item) {
  viewed = item;
  resetZoom();
  picture.alt = item.prompt || "Picture " + item.id;
  loadInto(picture, item);
  parts["about-title"].textContent = "#" + item.id;
  const index = shown.indexOf(item);
  parts.place.textContent = index < 0 ? "" : `${number.format(index + 1)} of ${number.format(shown.length)}`;
  parts.previous.disabled = index <= 0;
  parts.next.disabled = index < 0 || index >= shown.length - 1;
  parts.prompt.textContent = item.prompt;
  parts.prompt.classList.toggle("long", item.prompt.length > 1200);
  parts.prompt.tabIndex = item.prompt.length > 1200 ? 0 : -1;
  parts.note.textContent = item.note ?? "";
  parts.copied.textContent = "";
  parts.command.textContent = commandFor(item);
  parts.original.href = item.file;
  document.querySelector('[data-copy="seed"]').hidden = item.seed == null;
  parts.tags.replaceChildren(...item.tags.map((tag) => {
    const entry = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = tag;
    button.title = "Show all with this tag";
    button.addEventListener("click", () => { close(); selects.tag.value = tag; refresh(); });
    entry.append(button);
    return entry;
  }));
  parts.facts.replaceChildren(...factsOf(item).flatMap(([name, value]) => {
    const term = document.createElement("dt");
    const detail = document.createElement("dd");
    term.textContent = name;
    // A role of its own on the dd itself would break up the list for a screen reader.
    const text = name === "Rating" ? document.createElement("span") : detail;
    text.textContent = value;
    if (text !== detail) {
      text.className = "stars";
      text.setAttribute("role", "img");
      text.setAttribute("aria-label", `${item.rating} of 5`);
      detail.append(text);
    }
    return [term, detail];
  }));
  if (!viewer.open) {
    viewer.showModal();
    parts.close.focus();
  }
  for (const other of [shown[index + 1], shown[index - 1]]) if (other) new Image().src = other.file;
}

/** The thumbnail at once, the picture itself when it has come. */
function loadInto(image, item) {
  if (item.thumb) image.src = `thumbnails/${item.thumb.slice(0, 2)}/${item.thumb}-${page.thumbnails.at(-1)}.jpg`;
  else image.removeAttribute("src");
  const full = new Image();
  full.src = item.file;
  const take = () => { if (viewed === item) image.src = item.file; };
  full.decode().then(take, take);
}

function step(by) {
  const item = shown[shown.indexOf(viewed) + by];
  if (item) location.replace("#" + item.id);
}

function close() {
  if (cameFromGrid) history.back();
  else history.replaceState(null, "", location.pathname + location.search);
  cameFromGrid = false;
  hide();
}

function hide() {
  if (!viewer.open) return;
  const index = shown.indexOf(viewed);
  viewed = null;
  viewer.close();
  if (index >= 0) focusTile(index);
}

/** The address says what is seen: forward, back and links sent to others all work. */
function followAddress() {
  const item = page.images[places.get(decodeURIComponent(location.hash.slice(1)))];
  if (item) show(item); else hide();
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without leave to write the clipboard, the old way through a selection still works.
    const field = document.createElement("textarea");
    field.value = text;
    field.setAttribute("aria-hidden", "true");
    field.className = "hidden";
    viewer.append(field);
    field.select();
    const isDone = document.execCommand("copy");
    field.remove();
    return isDone;
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const what = button.dataset.copy;
    const text = what === "prompt" ? viewed.prompt : what === "seed" ? String(viewed.seed) : commandFor(viewed);
    const isDone = await copy(text);
    button.focus();
    parts.copied.textContent = isDone ? `The ${what} is copied.` : "The browser did not let it be copied.";
    button.classList.toggle("done", isDone);
    setTimeout(() => button.classList.remove("done"), 1500);
  });
}
grid.addEventListener("click", (event) => {
  if (event.target.closest("a") && !event.metaKey && !event.ctrlKey) cameFromGrid = true;
});
parts.previous.addEventListener("click", () => step(-1));
parts.next.addEventListener("click", () => step(1));
parts.close.addEventListener("click", close);
viewer.addEventListener("cancel", (event) => { event.preventDefault(); close(); });
viewer.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const actions = {
    ArrowLeft: () => step(-1), ArrowRight: () => step(1), "+": () => zoomBy(1.5), "=": () => zoomBy(1.5),
    "-": () => zoomBy(1 / 1.5), "0": resetZoom,
  };
  if (!actions[event.key]) return;
  event.preventDefault();
  actions[event.key]();
});
addEventListener("hashchange", followAddress);
