// The form that requests new images. Only pages of a server with --allow-generate have it.

import { send } from "./api.js";
import { byId, counted, make, number } from "./dom.js";
import { toast } from "./toasts.js";

/** The fields that can vary, with the field of the form that then has no meaning. */
const varied = { seed: "generate-seed", guidance_scale: "generate-guidance", size: "generate-size", model: "generate-model" };
const axes = ["vary-1", "vary-2"];

/** How many values a text such as `2, 4` or `1..3` has. */
function countOf(text) {
  const [, first, last] = text.match(/^\s*(-?\d+)\.\.(-?\d+)\s*$/) ?? [];
  if (last !== undefined) return Math.max(0, Number(last) - Number(first) + 1);
  return text.split(/(?<!\\),/).filter((value) => value.trim()).length;
}

/** Shows or hides a field. A hidden one is disabled: its value could keep the form from being sent, unseen. */
function showField(id, isShown) {
  byId(id).disabled = !isShown;
  byId(id).closest("label").hidden = !isShown;
}

export class GenerateForm {
  /** How often the form was opened, and which of these times its request was sent and has no answer yet. */
  opened = 0;
  sent = null;

  constructor(settings, { added, closed }) {
    this.settings = settings;
    this.added = added;
    this.dialog = byId("generate");
    this.form = byId("generate-form");
    byId("generate-open").hidden = false;
    byId("generate-open").addEventListener("click", () => this.open());
    byId("generate-close").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", closed);
    const models = byId("generate-model");
    models.append(make("option", { value: "" }), ...settings.models.map(({ name }) => make("option", { value: name, text: name })));
    this.choose(settings.default_model);
    models.addEventListener("change", () => this.showModel());
    for (const axis of axes) byId(axis).addEventListener("change", () => this.showFields());
    this.form.addEventListener("input", () => this.showCost());
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.showModel();
  }

  get model() { return this.settings.models.find(({ name }) => name === byId("generate-model").value); }

  /** What a field means that the request leaves out. */
  get left() { return this.original ? "as recorded" : "default"; }

  /** Chooses a model. One that is not listed is left out, because another one makes another image and may cost more. */
  choose(model) {
    const field = byId("generate-model");
    field.options[0].textContent = this.left;
    field.value = [...field.options].some(({ value }) => value === model) ? model : "";
  }

  /** Offers what the model takes, and nothing else. */
  showModel() {
    const { sizes = [], guidance_scale: guidance } = this.model ?? {};
    const size = byId("generate-size"), before = size.value;
    size.replaceChildren(make("option", { value: "", text: this.left }),
      ...sizes.map((value) => make("option", { value, text: value })));
    if (sizes.includes(before)) size.value = before;
    const scale = byId("generate-guidance");
    [scale.min, scale.max] = guidance ?? ["", ""];
    this.showFields();
  }

  /** The fields that vary, each with its values as they were typed. */
  get axes() {
    return axes.map((id) => ({ field: byId(id).value, values: byId(id + "-values").value.trim() })).filter(({ field }) => field);
  }

  /** Hides what the model does not take, and what varies. */
  showFields() {
    const { takes_seed: takesSeed = true, guidance_scale: guidance } = this.model ?? {};
    const fields = this.axes.map(({ field }) => field);
    const isTaken = { seed: takesSeed, guidance_scale: Boolean(guidance) };
    for (const [field, id] of Object.entries(varied)) {
      showField(id, !fields.includes(field) && isTaken[field] !== false);
    }
    const isSeries = fields.includes("seed");
    showField("generate-count", !isSeries);
    showField("generate-new-seed", this.original && !isSeries);
    for (const id of axes) {
      byId(id + "-values").required = Boolean(byId(id).value);
      byId(id + "-values").disabled = !byId(id).value;
    }
    this.showCost();
  }

  /** Images that the form asks for. A request for a group counts with all its images. */
  get count() {
    const each = byId("generate-count").closest("label").hidden ? 1 : Number(byId("generate-count").value) || 0;
    const group = this.original?.record.group ?? 1;
    return this.axes.reduce((count, { values }) => count * countOf(values), each * group);
  }

  /** For an image, the form repeats its request and may vary it. */
  open(item) {
    this.opened++;
    this.original = item;
    this.form.reset();
    byId("generate-title").textContent = item ? `Reproduce #${item.id}` : "Generate images";
    byId("generate-error").textContent = "";
    showField("generate-prompt", !item);
    byId("generate-prompt").required = !item;
    this.choose(item ? item.model : this.settings.default_model);
    this.showModel();
    if (item) {
      if ([...byId("generate-size").options].some(({ value }) => value === item.size)) byId("generate-size").value = item.size;
      byId("generate-seed").value = item.seed ?? "";
      byId("generate-guidance").value = item.guidance ?? "";
    }
    this.showCost();
    this.dialog.showModal();
    (item ? byId("generate-count") : byId("generate-prompt")).focus();
  }

  showCost() {
    const { count } = this;
    const { budget } = this.settings;
    byId("generate-cost").textContent = `This requests ${counted(count, "image")}. The service charges for ${count === 1 ? "it" : "them"}.`
      + (budget == null ? "" : ` After that, this server can request ${number.format(Math.max(0, budget - count))} more.`);
    byId("generate-go").disabled = this.sent === this.opened || count < 1 || (budget != null && count > budget);
    byId("generate-go").textContent = `Request ${counted(count, "image")}`;
  }

  async submit() {
    const isHidden = (id) => byId(id).closest("label").hidden;
    const text = (id) => (isHidden(id) ? undefined : byId(id).value.trim() || undefined);
    const numeric = (id) => (text(id) === undefined ? undefined : Number(text(id)));
    const usesNewSeed = !isHidden("generate-new-seed") && byId("generate-new-seed").checked;
    const vary = this.axes.map(({ field, values }) => `${field}=${values}`);
    const order = {
      ...(this.original ? { reproduce: this.original.number } : { prompt: text("generate-prompt") }),
      model: text("generate-model"), size: text("generate-size"), count: numeric("generate-count"),
      seed: usesNewSeed ? undefined : numeric("generate-seed"), guidance_scale: numeric("generate-guidance"),
      new_seed: usesNewSeed || undefined, vary: vary.length ? vary : undefined,
      tags: text("generate-tags")?.split(",").map((tag) => tag.trim()).filter(Boolean),
    };
    // The form may be closed and opened for another image before the answer comes.
    const { opened, count } = this;
    const isSame = () => this.dialog.open && opened === this.opened;
    this.sent = opened;
    byId("generate-go").disabled = true;
    try {
      const recorded = await send("POST", "generations", order);
      if (this.settings.budget != null) this.settings.budget -= count;
      if (isSame()) this.dialog.close();
      this.added(recorded);
    } catch (error) {
      const words = error.words ?? String(error);
      if (isSame()) byId("generate-error").textContent = words; else toast(words, { isError: true });
    }
    if (this.sent === opened) this.sent = null;
    this.showCost();
  }
}
