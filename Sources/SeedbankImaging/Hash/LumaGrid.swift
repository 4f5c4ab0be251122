/// An image reduced to 32 × 32 means of its luma, in exact integer arithmetic.
struct LumaGrid {
  static let side = 32

  /// Row by row; luma 0…255 in fixed point with 16 fractional bits.
  let cells: [Int64]

  /// Luma is that of ITU-R BT.601, with its weights rounded to 1/65536.
  init(_ pixels: Pixels) {
    let picture = pixels.overWhite()
    let side = Self.side
    let columns = Self.spans(of: picture.width)
    let stride = picture.width * 3
    // Along each axis, the weight of a cell is the number of pixels of the image.
    let area = Int64(picture.width) * Int64(picture.height)
    var cells: [Int64] = []
    cells.reserveCapacity(side * side)
    var whole = [UInt32](repeating: 0, count: stride)
    var partial = whole
    for rows in Self.spans(of: picture.height) {
      // First down, because whole rows are added several values at a time.
      Self.add(rows, of: picture.bytes, whole: &whole, partial: &partial)
      for column in columns {
        let sum = Self.luma(of: column, whole: whole, partial: partial)
        cells.append((sum + area / 2) / area)
      }
    }
    self.cells = cells
  }

  /// Adds up the rows of a cell: those that are whole, and the others by their weight.
  private static func add(
    _ rows: Span, of bytes: [UInt8], whole: inout [UInt32], partial: inout [UInt32]
  ) {
    for index in whole.indices { (whole[index], partial[index]) = (0, 0) }
    for y in rows.range {
      let weight = rows.weight(of: y)
      if weight == Int64(side) {
        add(row: y, of: bytes, to: &whole) { $0 }
      } else {
        let factor = UInt32(truncatingIfNeeded: weight)
        add(row: y, of: bytes, to: &partial) { $0 &* factor }
      }
    }
  }

  @inline(__always)
  private static func add(
    row: Int, of bytes: [UInt8], to sums: inout [UInt32], _ weighted: (UInt32) -> UInt32
  ) {
    sums.withUnsafeMutableBufferPointer { sums in
      bytes.withUnsafeBufferPointer { bytes in
        guard let from = bytes.baseAddress, let into = sums.baseAddress else { return }
        let start = from + row * sums.count
        // Plain pointers and one index, because code that can trap is not vectorized.
        for index in 0..<sums.count { into[index] &+= weighted(UInt32(start[index])) }
      }
    }
  }

  /// The weighted luma of a cell, of the sums of its rows.
  private static func luma(of column: Span, whole: [UInt32], partial: [UInt32]) -> Int64 {
    whole.withUnsafeBufferPointer { whole in
      partial.withUnsafeBufferPointer { partial in
        func value(_ index: Int) -> Int64 {
          Int64(side) &* Int64(whole[index]) &+ Int64(partial[index])
        }
        var (red, green, blue) = (Int64(0), Int64(0), Int64(0))
        for x in column.range {
          let weight = column.weight(of: x)
          red &+= weight &* value(3 * x)
          green &+= weight &* value(3 * x + 1)
          blue &+= weight &* value(3 * x + 2)
        }
        return 19595 * red + 38470 * green + 7471 * blue
      }
    }
  }

  /// The pixels of a cell along one axis.
  ///
  /// Each pixel has 32 parts.
  private struct Span {
    let range: Range<Int>
    let firstWeight: Int64
    let lastWeight: Int64

    /// Between 1 and 32.
    func weight(of position: Int) -> Int64 {
      var weight = Int64(LumaGrid.side)
      if position == range.lowerBound { weight -= Int64(LumaGrid.side) - firstWeight }
      if position == range.upperBound - 1 { weight -= Int64(LumaGrid.side) - lastWeight }
      return weight
    }
  }

  /// Cell `i` covers the parts from `i·length` to `(i + 1)·length`.
  private static func spans(of length: Int) -> [Span] {
    (0..<side).map { cell in
      let start = cell * length
      let end = start + length
      let range = start / side..<(end + side - 1) / side
      return Span(
        range: range, firstWeight: Int64(side - (start - range.lowerBound * side)),
        lastWeight: Int64(side - (range.upperBound * side - end)))
    }
  }
}
