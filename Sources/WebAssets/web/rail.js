// Dates along the scrollbar.

import { get } from "./api.js";
import { byId, formatter, make, nameOfMonth, textOfMonth } from "./dom.js";

const short = formatter(() => new Intl.DateTimeFormat(undefined, { month: "short", timeZone: "UTC" }));
const apart = 26;

export class DateRail {
  runs = [];

  constructor(grid) {
    this.grid = grid;
    this.rail = byId("rail");
    this.bubble = byId("rail-month");
    const jump = (event) => {
      const box = this.rail.getBoundingClientRect();
      const part = Math.min(Math.max(0, (event.clientY - box.top) / box.height), 1);
      grid.scroll.moveTo(part * grid.scroll.end);
      grid.paint();
      this.tell();
    };
    this.rail.addEventListener("pointerdown", (event) => { this.rail.setPointerCapture(event.pointerId); jump(event); });
    this.rail.addEventListener("pointermove", (event) => { if (event.buttons & 1) jump(event); });
    grid.scroller.addEventListener("scroll", () => this.tell(), { passive: true });
  }

  /** Forgets the months of the result before. */
  clear() {
    this.waiting?.abort();
    this.runs = [];
    this.draw();
  }

  /** Reads the months of a result in the order of time; other orders have no dates along them. */
  async refresh(sent, sort, isTimely) {
    this.waiting?.abort();
    this.runs = [];
    if (isTimely) {
      this.waiting = new AbortController();
      try {
        this.runs = await get("dates", { q: sent, sort }, this.waiting.signal);
      } catch (error) {
        if (error.name === "AbortError") return;
      }
    }
    if (this.runs.length < 2) this.rail.parentElement.classList.remove("dated");
    this.draw();
  }

  draw() {
    const { layout, scroll, source } = this.grid;
    if (!layout) return;
    this.rail.hidden = this.runs.length < 2 || scroll.end === 0;
    if (this.rail.hidden) return;
    // The room for the dates stays until another result: without it, the images may need no scrolling.
    this.rail.parentElement.classList.add("dated");
    const height = this.rail.clientHeight;
    let last = -apart, year = "";
    const labels = [];
    for (const { month, index } of this.runs) {
      if (index >= source.count) continue;
      const y = Math.min(1, layout.top(layout.rowOf(index)) / scroll.total) * height;
      const [ownYear] = month.split("-");
      if (y - last < apart || y > height - 12) continue;
      const text = ownYear === year ? textOfMonth(month, short) : ownYear;
      const label = make("span", { class: ownYear === year ? "" : "year", text });
      label.style.top = y + "px";
      labels.push(label);
      last = y;
      year = ownYear;
    }
    this.rail.replaceChildren(...labels);
  }

  /** The run of a month that an index lies in. */
  runAt(index) {
    let low = 0, high = this.runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.runs[middle].index <= index) low = middle; else high = middle - 1;
    }
    return low;
  }

  /** Says the month in sight while one scrolls. */
  tell() {
    if (this.rail.hidden || !this.runs.length) return;
    const { month } = this.runs[this.runAt(this.grid.firstVisible())];
    if (month !== this.shown) this.bubble.textContent = nameOfMonth(month);
    this.shown = month;
    this.bubble.classList.add("seen");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.bubble.classList.remove("seen"), 900);
  }

  /** The first image of the month before or after that of an index. */
  neighbour(index, step) {
    const run = this.runAt(index);
    const to = step < 0 && this.runs[run]?.index < index ? run : run + step;
    return this.runs[Math.min(Math.max(0, to), this.runs.length - 1)]?.index ?? index;
  }
}
