// Theme, keys of the whole page, and the first picture of all.

const themes = ["automatic", "dark", "light"];
const remembered = {
  get() { try { return localStorage.getItem("seedbank-theme"); } catch { return null; } },
  set(theme) { try { localStorage.setItem("seedbank-theme", theme); } catch { /* Nothing is lost but a habit. */ } },
};

function setTheme(theme) {
  if (theme === "automatic") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  document.getElementById("theme-name").textContent = "Theme: " + theme;
  document.getElementById("theme").title = "Theme: " + theme;
}

let theme = themes.includes(remembered.get()) ? remembered.get() : "automatic";
setTheme(theme);
document.getElementById("theme").addEventListener("click", () => {
  theme = themes[(themes.indexOf(theme) + 1) % themes.length];
  remembered.set(theme);
  setTheme(theme);
});
addEventListener("keydown", (event) => {
  if (event.key !== "/" || viewer.open || event.target.closest("input, select, textarea")) return;
  event.preventDefault();
  searchField.focus();
  searchField.select();
});
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  focusTile(0);
});

fillFilters();
refresh();
followAddress();
