/// A smooth function over the frame, known on a coarse grid (a unit is 112 cells whatever the
/// picture's size) and drawn between by cubic B-splines.
struct Field: Sendable {
  private static let cellsPerUnit: Float = 112

  private let columns: Int
  private let rows: Int
  private var cells: [Float]
  private let cellsPerPixel: Float
  /// For each pixel column: the first of four grid columns, and their weights.
  private let taps: [(first: Int, weights: SIMD4<Float>)]

  /// Samples `function` (of units) on the grid and stretches it to 0…1.
  init(_ frame: Frame, _ function: (Float, Float) -> Float) {
    let columns = Int(frame.width * Self.cellsPerUnit) + 5
    let rows = Int(frame.height * Self.cellsPerUnit) + 5
    self.columns = columns
    self.rows = rows
    cells = [Float](unsafeUninitializedCapacity: columns * rows) { buffer, count in
      for row in 0..<rows {
        let y = Float(row - 1) / Self.cellsPerUnit
        for column in 0..<columns {
          buffer[row * columns + column] = function(Float(column - 1) / Self.cellsPerUnit, y)
        }
      }
      count = columns * rows
    }
    let cellsPerPixel = Self.cellsPerUnit / frame.scale
    self.cellsPerPixel = cellsPerPixel
    taps = (0..<frame.columns).map {
      Self.tap((Float($0) + 0.5) * cellsPerPixel, limit: columns)
    }
    stretch()
  }

  private mutating func stretch() {
    guard let low = cells.min(), let high = cells.max(), high > low else { return }
    let factor = 1 / (high - low)
    for index in cells.indices { cells[index] = (cells[index] - low) * factor }
  }

  /// The slope of the field along a direction, as another field, stretched likewise.
  func slope(_ frame: Frame, _ dx: Float, _ dy: Float) -> Field {
    Field(frame) { x, y in
      let column = min(max(Int(x * Self.cellsPerUnit) + 1, 1), columns - 2)
      let row = min(max(Int(y * Self.cellsPerUnit) + 1, 1), rows - 2)
      let middle = row * columns + column
      return (cells[middle + 1] - cells[middle - 1]) * dx
        + (cells[middle + columns] - cells[middle - columns]) * dy
    }
  }

  /// The field along a row of pixels, which need not be a whole one.
  func line(_ row: Float, into line: UnsafeMutableBufferPointer<Float>) {
    let tap = Self.tap((row + 0.5) * cellsPerPixel, limit: rows)
    let weights = tap.weights
    withUnsafeTemporaryAllocation(of: Float.self, capacity: columns) { blend in
      cells.withUnsafeBufferPointer { cells in
        let base = tap.first * columns
        for column in 0..<columns {
          let place = base + column
          blend[column] =
            cells[place] * weights.x + cells[place + columns] * weights.y
            + cells[place + 2 * columns] * weights.z + cells[place + 3 * columns] * weights.w
        }
      }
      taps.withUnsafeBufferPointer { taps in
        for index in 0..<taps.count {
          let (first, weights) = taps[index]
          line[index] =
            blend[first] * weights.x + blend[first + 1] * weights.y
            + blend[first + 2] * weights.z + blend[first + 3] * weights.w
        }
      }
    }
  }

  private static func tap(_ place: Float, limit: Int) -> (first: Int, weights: SIMD4<Float>) {
    let base = place.rounded(.down)
    let t = place - base
    let u = 1 - t
    let weights = SIMD4(
      u * u * u, 3 * t * t * t - 6 * t * t + 4, 3 * u * u * u - 6 * u * u + 4, t * t * t)
    return (min(max(Int(base), 0), limit - 4), weights / 6)
  }
}
