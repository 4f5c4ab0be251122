// Selecting with a box that the mouse draws.

import { make } from "./dom.js";

/**
 * Calls `select(indexes, adds)` with what the box touches, and `ended()` after it; a press that does not move stays a
 * click. `adds` is whether Shift or Control was held when it began.
 */
export function startBox(grid, { select, ended }) {
  const { scroller } = grid;
  let start = null, element = null, timer = 0;
  const end = () => {
    cancelAnimationFrame(timer);
    if (element) {
      element.remove();
      ended();
    }
    start = element = null;
  };
  const box = (event) => ({
    left: Math.min(start.x, event.clientX), right: Math.max(start.x, event.clientX),
    top: Math.min(start.y - (grid.scroll.position - start.scroll), event.clientY),
    bottom: Math.max(start.y - (grid.scroll.position - start.scroll), event.clientY),
  });
  const draw = (event) => {
    const { left, right, top, bottom } = box(event);
    const frame = scroller.getBoundingClientRect();
    element.style.left = left + "px";
    element.style.top = Math.max(top, frame.top) + "px";
    element.style.width = right - left + "px";
    element.style.height = Math.max(0, Math.min(bottom, frame.bottom) - Math.max(top, frame.top)) + "px";
    select(grid.within({ left, right, top, bottom }), start.adds);
    cancelAnimationFrame(timer);
    const by = event.clientY > frame.bottom - 30 ? 12 : event.clientY < frame.top + 30 ? -12 : 0;
    if (by) timer = requestAnimationFrame(() => { scroller.scrollBy(0, by); if (start) draw(event); });
  };
  scroller.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    if (event.clientX > scroller.getBoundingClientRect().left + scroller.clientWidth) return;
    start = { x: event.clientX, y: event.clientY, scroll: grid.scroll.position, adds: event.shiftKey || event.ctrlKey || event.metaKey };
  });
  // Images are links. The browser would drag the link, and the box would end.
  scroller.addEventListener("dragstart", (event) => { if (start) event.preventDefault(); });
  addEventListener("pointermove", (event) => {
    if (!start) return;
    if (!(event.buttons & 1)) return end();
    if (!element && Math.hypot(event.clientX - start.x, event.clientY - start.y) < 8) return;
    element ??= document.body.appendChild(make("div", { class: "box" }));
    draw(event);
  });
  addEventListener("pointerup", (event) => {
    if (!element) return end();
    select(grid.within(box(event)), start.adds);
    end();
    // The click that follows would open a picture. If none follows, the next press is another one.
    const ignore = (click) => { click.preventDefault(); click.stopPropagation(); };
    addEventListener("click", ignore, { capture: true, once: true });
    addEventListener("pointerdown", () => removeEventListener("click", ignore, true), { capture: true, once: true });
  });
}
