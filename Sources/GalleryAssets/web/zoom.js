// Zoom and pan by wheel, pinch, double click, keys and buttons; a swipe shows the next picture.

/** Scales above one-to-one that are still offered. */
const largest = 8;

/**
 * The zoom of one or several stages that move together. A scale of 1 shows one pixel of the picture on one
 * pixel of the screen; the smallest scale fits the picture into the stage.
 */
export class PictureZoom {
  constructor(hooks = {}) {
    this.hooks = hooks;
    this.stages = [];
    this.pointers = new Map();
    this.swipe = null;
    this.reset();
  }

  /** Follows a stage and shows the picture in it; returns a function that ends this. */
  attach(stage, picture) {
    const entry = { stage, picture };
    this.stages.push(entry);
    const listen = new AbortController();
    const on = (name, act, more = {}) => stage.addEventListener(name, act, { signal: listen.signal, ...more });
    on("wheel", (event) => {
      event.preventDefault();
      const distance = event.deltaY * (event.deltaMode === 1 ? 16 : 1);
      this.by(Math.exp(-distance * (event.ctrlKey ? .01 : .0016)), this.pointIn(stage, event));
    }, { passive: false });
    on("dblclick", (event) => {
      if (this.isControl(event)) return;
      if (this.isFitted) this.actual(this.pointIn(stage, event)); else this.fit();
    });
    on("pointerdown", (event) => this.press(stage, event));
    on("pointermove", (event) => this.drag(stage, event));
    on("pointerup", (event) => this.release(stage, event));
    on("pointercancel", (event) => this.release(stage, event));
    picture.addEventListener("load", () => this.apply(), { signal: listen.signal });
    const observer = new ResizeObserver(() => this.apply());
    observer.observe(stage);
    return () => {
      listen.abort();
      observer.disconnect();
      this.stages = this.stages.filter((other) => other !== entry);
    };
  }

  isControl(event) { return Boolean(event.target.closest("button, .zoom, .divider")); }

  pointIn(stage, event) {
    const box = stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  reset() {
    /** How many times larger than fitted; the part of the picture in the middle of the stage. */
    this.factor = 1;
    this.center = { x: .5, y: .5 };
    this.apply();
  }

  /** The natural size: that of the picture if it is known, and not of the thumbnail that stands in for it. */
  sizeOf({ picture }) {
    return {
      width: Number(picture.dataset.width) || picture.naturalWidth || 1,
      height: Number(picture.dataset.height) || picture.naturalHeight || 1,
    };
  }

  /** The scale at which the first stage's picture fits, in device pixels for one of the picture's. */
  fitScale(entry = this.stages[0]) {
    if (!entry) return 1;
    const { width, height } = this.sizeOf(entry);
    const scale = Math.min(entry.stage.clientWidth / width, entry.stage.clientHeight / height);
    // Small pictures are not enlarged to fit.
    return Math.min(scale, 1 / devicePixelRatio) || 1;
  }

  get isFitted() { return this.factor <= 1.001; }
  get scale() { return this.fitScale() * this.factor * devicePixelRatio; }

  fit() { this.reset(); }

  /** One pixel of the picture on one of the screen. */
  actual(point) { this.by(1 / this.scale, point, 1 / this.scale); }

  /** Zooms about a point of the stage, which stays where it is. */
  by(factor, point, exact) {
    const entry = this.stages[0];
    if (!entry) return;
    const most = Math.max(largest / (this.fitScale() * devicePixelRatio), 1);
    const before = this.factor;
    this.factor = Math.min(most, Math.max(1, exact ? before * exact : before * factor));
    const { stage } = entry;
    const at = point ?? { x: stage.clientWidth / 2, y: stage.clientHeight / 2 };
    const { width, height } = this.sizeOf(entry);
    const base = this.fitScale();
    const away = { x: at.x - stage.clientWidth / 2, y: at.y - stage.clientHeight / 2 };
    const shift = 1 / before - 1 / this.factor;
    this.center.x += away.x * shift / (width * base);
    this.center.y += away.y * shift / (height * base);
    this.apply();
  }

  pan(x, y) {
    const entry = this.stages[0];
    if (!entry) return;
    const { width, height } = this.sizeOf(entry);
    const scale = this.fitScale() * this.factor;
    this.center.x -= x / (width * scale);
    this.center.y -= y / (height * scale);
    this.apply();
  }

  apply() {
    const first = this.stages[0];
    if (first) {
      const { width, height } = this.sizeOf(first);
      const scale = this.fitScale(first) * this.factor;
      const keep = (value, size, room) => {
        const half = Math.min(.5, room / 2 / (size * scale));
        return Math.min(Math.max(value, half), 1 - half);
      };
      this.center.x = keep(this.center.x, width, first.stage.clientWidth);
      this.center.y = keep(this.center.y, height, first.stage.clientHeight);
    }
    for (const entry of this.stages) {
      const { stage, picture } = entry;
      const { width, height } = this.sizeOf(entry);
      const scale = this.fitScale(entry) * this.factor;
      picture.style.width = width * scale + "px";
      picture.style.height = height * scale + "px";
      const x = stage.clientWidth / 2 - this.center.x * width * scale;
      const y = stage.clientHeight / 2 - this.center.y * height * scale;
      picture.style.transform = `translate(${x}px, ${y}px)`;
      picture.classList.toggle("pixelated", scale * devicePixelRatio >= 2);
      stage.classList.toggle("zoomed", !this.isFitted);
    }
    this.hooks.changed?.(this);
  }

  press(stage, event) {
    if (this.isControl(event) || event.button > 0) return;
    stage.setPointerCapture(event.pointerId);
    const point = this.pointIn(stage, event);
    this.pointers.set(event.pointerId, point);
    this.swipe = this.pointers.size === 1 ? { ...point, moved: false } : null;
    stage.classList.add("moving");
  }

  drag(stage, event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const now = this.pointIn(stage, event);
    if (this.swipe && Math.hypot(now.x - this.swipe.x, now.y - this.swipe.y) > 6) this.swipe.moved = true;
    if (this.pointers.size === 2) {
      const other = [...this.pointers].find(([id]) => id !== event.pointerId)[1];
      const distance = (point) => Math.hypot(point.x - other.x, point.y - other.y);
      this.by(distance(now) / Math.max(1, distance(before)), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
    } else if (!this.isFitted) {
      this.pan(now.x - before.x, now.y - before.y);
    }
    this.pointers.set(event.pointerId, now);
  }

  release(stage, event) {
    if (!this.pointers.delete(event.pointerId)) return;
    stage.classList.remove("moving");
    const swipe = this.swipe;
    this.swipe = null;
    if (!swipe || event.type === "pointercancel") return;
    const now = this.pointIn(stage, event);
    const across = now.x - swipe.x, down = now.y - swipe.y;
    if (!swipe.moved) return this.hooks.tapped?.(event, this.isOnPicture(stage, now));
    if (!this.isFitted) return;
    if (Math.abs(across) > 48 && Math.abs(across) > 2 * Math.abs(down)) this.hooks.swiped?.(across < 0 ? 1 : -1);
    else if (down > 90 && Math.abs(down) > 2 * Math.abs(across)) this.hooks.swipedDown?.();
  }

  /** Whether a point of a stage lies on its picture. */
  isOnPicture(stage, point) {
    const { picture } = this.stages.find((entry) => entry.stage === stage) ?? {};
    if (!picture) return true;
    const box = picture.getBoundingClientRect(), frame = stage.getBoundingClientRect();
    const x = point.x + frame.left, y = point.y + frame.top;
    return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
  }
}
