// Dark, light, or as the system has it.

import { byId } from "./dom.js";

const themes = ["automatic", "dark", "light"];
/** Storage may be forbidden; then the choice lasts as long as the page. */
const remembered = {
  get() { try { return localStorage.getItem("seedbank-theme"); } catch { return null; } },
  set(theme) { try { localStorage.setItem("seedbank-theme", theme); } catch { /* Nothing else depends on it. */ } },
};

function applyTheme(theme) {
  if (theme === "automatic") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  byId("theme-name").textContent = "Theme: " + theme;
  byId("theme").title = "Theme: " + theme;
}

export function startTheme() {
  let theme = themes.includes(remembered.get()) ? remembered.get() : "automatic";
  applyTheme(theme);
  byId("theme").addEventListener("click", () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    remembered.set(theme);
    applyTheme(theme);
  });
}
