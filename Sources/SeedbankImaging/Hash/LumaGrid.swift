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
    let rows = Self.spans(of: picture.height)
    let width = picture.width
    var sums = [Int64](repeating: 0, count: side * side)
    var luma = [Int32](repeating: 0, count: width)
    var line = [Int64](repeating: 0, count: side)
    picture.bytes.withUnsafeBufferPointer { from in
      var measured = -1
      for cellY in 0..<side {
        for y in rows[cellY].range {
          if y != measured {
            Self.measure(from, start: y * width * 3, into: &luma)
            Self.add(luma, columns, into: &line)
            measured = y
          }
          let weight = rows[cellY].weight(of: y)
          for cellX in 0..<side { sums[cellY * side + cellX] += line[cellX] * weight }
        }
      }
    }
    // Along each axis, the weight of a cell is the number of pixels of the image.
    let area = Int64(picture.width) * Int64(picture.height)
    cells = sums.map { ($0 + area / 2) / area }
  }

  private static func measure(
    _ from: UnsafeBufferPointer<UInt8>, start: Int, into luma: inout [Int32]
  ) {
    luma.withUnsafeMutableBufferPointer { luma in
      for x in 0..<luma.count {
        let at = start + 3 * x
        luma[x] =
          19595 &* Int32(from[at]) &+ 38470 &* Int32(from[at + 1]) &+ 7471 &* Int32(from[at + 2])
      }
    }
  }

  private static func add(_ luma: [Int32], _ spans: [Span], into line: inout [Int64]) {
    luma.withUnsafeBufferPointer { luma in
      for cell in 0..<side {
        let span = spans[cell]
        var inner: Int64 = 0
        for x in span.range { inner &+= Int64(luma[x]) }
        inner *= Int64(side)
        // The pixels at the edges belong to two cells: subtract the part of the neighbours.
        inner -= Int64(luma[span.range.lowerBound]) * (Int64(side) - span.firstWeight)
        inner -= Int64(luma[span.range.upperBound - 1]) * (Int64(side) - span.lastWeight)
        line[cell] = inner
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
