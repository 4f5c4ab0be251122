// Scrolling through more than a browser's tallest element.

/** Browsers end elements between 16 and 33 million pixels; rows below would be unreachable. */
const tallest = 8_000_000;
/** A step this long is a jump of the scrollbar, not a turn of the wheel. */
const jump = 4000;

/**
 * Maps a scroll position to a virtual one. Small steps move by the same number of pixels; jumps of the
 * scrollbar move in proportion. When scrolling rests, the real position is set right again, unseen.
 */
export class VirtualScroll {
  /** Virtual pixels less real ones. */
  offset = 0;
  last = 0;

  constructor(scroller) {
    this.scroller = scroller;
    this.total = 0;
    this.view = 1;
  }

  /** Takes new measures; returns the real height of the content. */
  resize(total, view) {
    this.total = total;
    this.view = view;
    this.real = Math.min(total, tallest);
    return this.real;
  }

  get isScaled() { return this.total > this.real; }
  get end() { return Math.max(0, this.total - this.view); }
  get realEnd() { return Math.max(0, this.real - this.view); }
  get position() { return Math.min(Math.max(0, this.last + this.offset), this.end); }

  /** Follows the scroller; returns whether a position was jumped to. */
  follow() {
    const top = this.scroller.scrollTop;
    const step = top - this.last;
    this.last = top;
    if (!this.isScaled) {
      this.offset = 0;
      return Math.abs(step) > jump;
    }
    const isJump = Math.abs(step) > jump;
    if (isJump) this.offset = this.realEnd ? top / this.realEnd * this.end - top : 0;
    else if ((top <= 0 && this.offset > 0) || (top >= this.realEnd && this.position < this.end)) this.rest();
    return isJump;
  }

  /** Moves the real position to where the virtual one belongs; nothing seen moves. Returns whether it did. */
  rest() {
    if (!this.isScaled) return false;
    const before = this.offset;
    this.moveTo(this.position);
    return this.offset !== before;
  }

  moveTo(position) {
    const wanted = Math.min(Math.max(0, position), this.end);
    this.scroller.scrollTop = this.isScaled ? wanted / this.end * this.realEnd : wanted;
    this.last = this.scroller.scrollTop;
    this.offset = this.isScaled ? wanted - this.last : 0;
  }
}
