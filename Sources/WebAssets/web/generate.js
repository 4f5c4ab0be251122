// The form that requests new images. Only pages of a server with --allow-generate have it.

import { send } from "./api.js";
import { byId, counted, make } from "./dom.js";
import { toast } from "./toasts.js";

export class GenerateForm {
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
    models.append(...settings.models.map(({ name }) => make("option", { value: name, text: name })));
    if (settings.default_model) models.value = settings.default_model;
    models.addEventListener("change", () => this.showModel());
    this.form.addEventListener("input", () => this.showCost());
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.showModel();
  }

  get model() { return this.settings.models.find(({ name }) => name === byId("generate-model").value); }

  /** Offers what the model takes, and nothing else. */
  showModel() {
    const { sizes = [], takes_seed: takesSeed = true, guidance_scale: guidance } = this.model ?? {};
    const size = byId("generate-size"), before = size.value;
    size.replaceChildren(make("option", { value: "", text: "default of the service" }),
      ...sizes.map((value) => make("option", { value, text: value })));
    if (sizes.includes(before)) size.value = before;
    byId("generate-seed").closest("label").hidden = !takesSeed;
    const scale = byId("generate-guidance");
    scale.closest("label").hidden = !guidance;
    if (guidance) [scale.min, scale.max] = guidance;
  }

  /** For an image, the form repeats its request and may vary it. */
  open(item) {
    this.original = item;
    this.form.reset();
    byId("generate-title").textContent = item ? `Reproduce #${item.id}` : "Generate images";
    byId("generate-error").textContent = "";
    byId("generate-prompt").closest("label").hidden = Boolean(item);
    byId("generate-prompt").required = !item;
    byId("generate-new-seed").closest("label").hidden = !item;
    const model = item?.model ?? this.settings.default_model;
    if (this.settings.models.some(({ name }) => name === model)) byId("generate-model").value = model;
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
    const count = Number(byId("generate-count").value) || 0;
    const { budget } = this.settings;
    byId("generate-cost").textContent = `Requests ${counted(count, "image")}, which the service charges for. `
      + (budget == null ? "" : `${counted(Math.max(0, budget - count), "image")} of this server's budget remain afterwards.`);
    byId("generate-go").disabled = count < 1 || (budget != null && count > budget);
    byId("generate-go").textContent = `Request ${counted(count, "image")}`;
  }

  async submit() {
    const text = (id) => byId(id).value.trim() || undefined;
    const numeric = (id) => text(id) === undefined || byId(id).closest("label").hidden ? undefined : Number(text(id));
    const usesNewSeed = Boolean(this.original) && byId("generate-new-seed").checked;
    const order = {
      ...(this.original ? { reproduce: this.original.number } : { prompt: text("generate-prompt") }),
      model: text("generate-model"), size: text("generate-size"), count: Number(byId("generate-count").value),
      seed: usesNewSeed ? undefined : numeric("generate-seed"), guidance_scale: numeric("generate-guidance"),
      new_seed: usesNewSeed || undefined,
      tags: text("generate-tags")?.split(",").map((tag) => tag.trim()).filter(Boolean),
    };
    byId("generate-go").disabled = true;
    try {
      const { ids } = await send("POST", "generations", order);
      if (this.settings.budget != null) this.settings.budget -= ids.length;
      this.dialog.close();
      toast(`Requested ${counted(ids.length, "image")}. New images appear in the grid.`);
      this.added(ids);
    } catch (error) {
      byId("generate-error").textContent = error.words ?? String(error);
    } finally {
      byId("generate-go").disabled = false;
    }
  }
}
