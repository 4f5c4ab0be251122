// Where each picture of a result stands. All positions are virtual pixels from the first row's top.

export const gap = 6;
const narrowest = .35, widest = 3.2;
/** How much wider than its picture a cell may be, so that its row is filled. */
const mostCropped = 1.75;

/** A width-to-height ratio that keeps panoramas and columns usable. */
export const usableRatio = (ratio) => Math.min(Math.max(ratio, narrowest), widest);

/** Rows of different heights that fill the width exactly. Every ratio must be known. */
export class JustifiedLayout {
  constructor(source, width, wanted) {
    this.source = source;
    this.rows = [];
    let first = 0, ratios = 0, y = 0;
    const close = (end, height) => {
      this.rows.push({ first, end, y, height });
      y += height + gap;
      first = end;
      ratios = 0;
    };
    for (let index = 0; index < source.count; index++) {
      ratios += usableRatio(source.ratio(index));
      const height = (width - gap * (index - first)) / ratios;
      if (height <= wanted) close(index + 1, height);
    }
    if (first < source.count) {
      close(source.count, Math.min(wanted, (width - gap * (source.count - first - 1)) / ratios));
    }
    this.total = Math.max(0, y - gap);
  }

  get rowCount() { return this.rows.length; }
  top(row) { return this.rows[row].y; }
  height(row) { return this.rows[row].height; }
  range(row) { return this.rows[row]; }

  rowOf(index) { return this.search((row) => row.end <= index); }
  /** The first row whose lower edge is below `y`. */
  rowAt(y) { return this.search((row) => row.y + row.height < y); }

  search(isBefore) {
    let low = 0, high = this.rows.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(this.rows[middle])) low = middle + 1; else high = middle;
    }
    return low;
  }

  /** Left edge and width of each picture of a row. */
  places(row) {
    const { first, end, height } = this.rows[row];
    let x = 0;
    const places = [];
    for (let index = first; index < end; index++) {
      const width = usableRatio(this.source.ratio(index)) * height;
      places.push({ index, x, width });
      x += width + gap;
    }
    return places;
  }
}

/** Rows of one height with equally many pictures each, so that a million are placed without being known. */
export class UniformLayout {
  /** `typical` is the usual ratio of the result; with `isSquare`, every cell is a square. */
  constructor(source, width, wanted, { typical = 1, isSquare = false } = {}) {
    this.source = source;
    this.width = width;
    this.isSquare = isSquare;
    this.ratio = isSquare ? 1 : usableRatio(typical);
    this.columns = Math.max(1, Math.round((width + gap) / (wanted * this.ratio + gap)));
    this.rowHeight = Math.max(24, (width - gap * (this.columns - 1)) / (this.columns * this.ratio));
    this.pitch = this.rowHeight + gap;
    this.rowCount = Math.ceil(source.count / this.columns);
    this.total = Math.max(0, this.rowCount * this.pitch - gap);
  }

  top(row) { return row * this.pitch; }
  height() { return this.rowHeight; }
  range(row) {
    const first = row * this.columns;
    return { first, end: Math.min(first + this.columns, this.source.count) };
  }
  rowOf(index) { return Math.floor(index / this.columns); }
  rowAt(y) { return Math.min(Math.max(0, Math.floor((y + gap) / this.pitch)), Math.max(0, this.rowCount - 1)); }

  places(row) {
    const { first, end } = this.range(row);
    const widths = [];
    for (let index = first; index < end; index++) {
      const known = this.isSquare ? 1 : this.source.ratio(index);
      widths.push(usableRatio(known ?? this.ratio) * this.rowHeight);
    }
    const free = this.width - gap * (widths.length - 1);
    const sum = widths.reduce((total, width) => total + width, 0);
    // Pictures are cropped a little to fill the row. A row with few or narrow pictures stays ragged.
    const scale = Math.min(free / sum, end - first < this.columns ? 1 : mostCropped);
    let x = 0;
    return widths.map((width, offset) => {
      const place = { index: first + offset, x, width: width * scale };
      x += place.width + gap;
      return place;
    });
  }
}
