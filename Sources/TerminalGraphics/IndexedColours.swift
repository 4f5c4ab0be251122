import SeedbankImaging

/// The colours 16 to 255 of a terminal with 256 colours: a cube with six levels per channel, then 24
/// greys.
///
/// Their values are those of xterm's 256colres.pl, which other terminals use too. The first 16 are not
/// used, because users can change them.
enum IndexedColours {
  private static let levels: [Int32] = [0, 95, 135, 175, 215, 255]

  /// The index for every pixel, rows from the top.
  ///
  /// Half of the error of a colour is added to its neighbours (R. Floyd, L. Steinberg, "An adaptive
  /// algorithm for spatial grey scale", 1976). Without this, a dark blue becomes grey. With the whole
  /// error, such large pixels look noisy.
  static func dithered(_ picture: Pixels) -> [Int] {
    let width = picture.width
    var wanted = stride(from: 0, to: picture.bytes.count, by: 3).map { start in
      SIMD3<Int32>(
        Int32(picture.bytes[start]), Int32(picture.bytes[start + 1]),
        Int32(picture.bytes[start + 2]))
    }
    return wanted.indices.map { pixel in
      let colour = wanted[pixel].clamped(
        lowerBound: .zero, upperBound: SIMD3(repeating: 255))
      let (index, value) = nearest(to: colour)
      let missed = colour &- value
      let column = pixel % width
      func give(_ share: Int32, to neighbour: Int) {
        if neighbour < wanted.count { wanted[neighbour] &+= missed &* share / 32 }
      }
      if column + 1 < width { give(7, to: pixel + 1) }
      if column > 0 { give(3, to: pixel + width - 1) }
      give(5, to: pixel + width)
      if column + 1 < width { give(1, to: pixel + width + 1) }
      return index
    }
  }

  /// The nearest index for a colour with 0 to 255 per channel, and the colour of this index.
  static func nearest(to colour: SIMD3<Int32>) -> (index: Int, value: SIMD3<Int32>) {
    let steps = (0..<3).map { channel in
      levels.indices.min { abs(levels[$0] - colour[channel]) < abs(levels[$1] - colour[channel]) }
        ?? 0
    }
    let inCube = SIMD3(levels[steps[0]], levels[steps[1]], levels[steps[2]])
    // Greys are 8, 18, … 238.
    let step = min(max((colour.wrappedSum() / 3 - 3) / 10, 0), 23)
    let grey = SIMD3(repeating: 8 + 10 * step)
    return distance(colour, grey) < distance(colour, inCube)
      ? (232 + Int(step), grey) : (16 + 36 * steps[0] + 6 * steps[1] + steps[2], inCube)
  }

  private static func distance(_ colour: SIMD3<Int32>, _ other: SIMD3<Int32>) -> Int32 {
    let difference = colour &- other
    return (difference &* difference).wrappedSum()
  }
}
