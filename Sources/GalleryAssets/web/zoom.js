// Zoom and pan by wheel, pinch, double tap, keys and buttons; a swipe turns the page.

const stage = document.getElementById("stage");
const pointers = new Map();
let zoom = { scale: 1, x: 0, y: 0 };
let swipe = null;

function applyZoom() {
  const { width, height } = stage.getBoundingClientRect();
  zoom.x = Math.min(0, Math.max(zoom.x, width * (1 - zoom.scale)));
  zoom.y = Math.min(0, Math.max(zoom.y, height * (1 - zoom.scale)));
  picture.style.transform = `translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})`;
  stage.classList.toggle("zoomed", zoom.scale > 1);
  document.getElementById("zoom-value").textContent = Math.round(zoom.scale * 100) + "%";
}

function resetZoom() {
  zoom = { scale: 1, x: 0, y: 0 };
  applyZoom();
}

/** Grows about a point of the stage, which stays where it is. */
function zoomBy(factor, point) {
  const box = stage.getBoundingClientRect();
  const at = point ?? { x: box.width / 2, y: box.height / 2 };
  const scale = Math.min(12, Math.max(1, zoom.scale * factor));
  const grown = scale / zoom.scale;
  zoom = { scale, x: at.x - (at.x - zoom.x) * grown, y: at.y - (at.y - zoom.y) * grown };
  applyZoom();
}

function pointIn(event) {
  const box = stage.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

const isControl = (event) => event.target.closest("button, .zoom");

stage.addEventListener("wheel", (event) => {
  event.preventDefault();
  zoomBy(Math.exp(-event.deltaY * (event.ctrlKey ? .01 : .0016)), pointIn(event));
}, { passive: false });
stage.addEventListener("dblclick", (event) => {
  if (isControl(event)) return;
  if (zoom.scale > 1) resetZoom(); else zoomBy(2.5, pointIn(event));
});
stage.addEventListener("pointerdown", (event) => {
  if (isControl(event)) return;
  stage.setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, pointIn(event));
  swipe = pointers.size === 1 && zoom.scale === 1 ? { ...pointIn(event), time: event.timeStamp } : null;
  stage.classList.add("moving");
});
stage.addEventListener("pointermove", (event) => {
  const before = pointers.get(event.pointerId);
  if (!before) return;
  const now = pointIn(event);
  if (pointers.size === 2) {
    const other = [...pointers].find(([id]) => id !== event.pointerId)[1];
    const distance = (point) => Math.hypot(point.x - other.x, point.y - other.y);
    zoomBy(distance(now) / Math.max(1, distance(before)), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
  } else if (zoom.scale > 1) {
    zoom.x += now.x - before.x;
    zoom.y += now.y - before.y;
    applyZoom();
  }
  pointers.set(event.pointerId, now);
});
function release(event) {
  if (!pointers.delete(event.pointerId)) return;
  stage.classList.remove("moving");
  if (!swipe || event.type === "pointercancel") return;
  const now = pointIn(event);
  const across = now.x - swipe.x, down = now.y - swipe.y;
  if (Math.abs(across) > 48 && Math.abs(across) > 2 * Math.abs(down)) step(across < 0 ? 1 : -1);
  else if (down > 90 && Math.abs(down) > 2 * Math.abs(across)) close();
  swipe = null;
}
stage.addEventListener("pointerup", release);
stage.addEventListener("pointercancel", release);
document.getElementById("zoom-in").addEventListener("click", () => zoomBy(1.5));
document.getElementById("zoom-out").addEventListener("click", () => zoomBy(1 / 1.5));
document.getElementById("zoom-reset").addEventListener("click", resetZoom);
