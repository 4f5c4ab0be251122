import SeedbankImaging

/// An image with few colours: the colours, and the index of each pixel.
struct ColourPalette: Sendable {
  /// Red, green and blue of each colour.
  let colours: [[UInt8]]
  /// One index for each pixel, rows from the top.
  let indices: [UInt8]

  /// The image's own colours if they are few enough, otherwise a reduction by median cut.
  /// - Parameters:
  ///   - pixels: without alpha.
  ///   - limit: 1 to 256.
  init(_ pixels: Pixels, limit: Int) {
    if let exact = Self.exact(pixels, limit) {
      self = exact
      return
    }
    var boxes = [ColourBox(bins: ColourBin.histogram(pixels))]
    while boxes.count < limit,
      let widest = boxes.indices.max(by: { boxes[$0].worth < boxes[$1].worth }),
      let (low, high) = boxes[widest].halves
    {
      boxes[widest] = low
      boxes.append(high)
    }
    var numbers = [UInt8](repeating: 0, count: ColourBin.count)
    for (number, box) in boxes.enumerated() {
      for bin in box.bins { numbers[bin.key] = UInt8(number) }
    }
    colours = boxes.map(\.mean)
    indices = stride(from: 0, to: pixels.bytes.count, by: 3).map {
      numbers[ColourBin.key(pixels.bytes[$0], pixels.bytes[$0 + 1], pixels.bytes[$0 + 2])]
    }
  }

  private init(colours: [[UInt8]], indices: [UInt8]) {
    self.colours = colours
    self.indices = indices
  }

  private static func exact(_ pixels: Pixels, _ limit: Int) -> ColourPalette? {
    var numbers: [Int: UInt8] = [:]
    var colours: [[UInt8]] = []
    var indices: [UInt8] = []
    for start in stride(from: 0, to: pixels.bytes.count, by: 3) {
      let colour = pixels.bytes[start..<start + 3]
      let key = colour.reduce(0) { $0 << 8 | Int($1) }
      if let number = numbers[key] {
        indices.append(number)
        continue
      }
      guard colours.count < limit else { return nil }
      let number = UInt8(colours.count)
      numbers[key] = number
      colours.append(Array(colour))
      indices.append(number)
    }
    return ColourPalette(colours: colours, indices: indices)
  }
}

/// The pixels with the same upper five bits of each channel.
private struct ColourBin {
  static let count = 1 << 15

  let key: Int
  var pixels = 0
  var sums = SIMD3<Int>()

  static func key(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int {
    Int(red >> 3) << 10 | Int(green >> 3) << 5 | Int(blue >> 3)
  }

  static func histogram(_ picture: Pixels) -> [ColourBin] {
    var bins = (0..<count).map { ColourBin(key: $0) }
    for start in stride(from: 0, to: picture.bytes.count, by: 3) {
      let (red, green, blue) = (
        picture.bytes[start], picture.bytes[start + 1], picture.bytes[start + 2]
      )
      let key = key(red, green, blue)
      bins[key].pixels += 1
      bins[key].sums &+= SIMD3(Int(red), Int(green), Int(blue))
    }
    return bins.filter { $0.pixels > 0 }
  }

  func level(_ channel: Int) -> Int { key >> (10 - 5 * channel) & 31 }
}

/// A box of colours, which is divided at the median of its pixels.
///
/// The method is by P. Heckbert, "Color image quantization for frame buffer display", 1982.
private struct ColourBox {
  let bins: [ColourBin]
  let pixels: Int
  /// Its longest channel, and the length.
  private let channel: Int
  private let length: Int

  init(bins: [ColourBin]) {
    self.bins = bins
    pixels = bins.reduce(0) { $0 + $1.pixels }
    let lengths = (0..<3).map { channel in
      let levels = bins.map { $0.level(channel) }
      return (levels.max() ?? 0) - (levels.min() ?? 0)
    }
    channel = lengths.indices.max { lengths[$0] < lengths[$1] } ?? 0
    length = lengths[channel]
  }

  /// The benefit of dividing it.
  ///
  /// A box with a single bin cannot be divided.
  var worth: Int { pixels * length * length }

  var halves: (ColourBox, ColourBox)? {
    guard length > 0 else { return nil }
    let sorted = bins.sorted { $0.level(channel) < $1.level(channel) }
    var before = 0
    var cut = 1
    for (index, bin) in sorted.dropLast().enumerated() {
      before += bin.pixels
      cut = index + 1
      if before * 2 >= pixels { break }
    }
    return (ColourBox(bins: Array(sorted[..<cut])), ColourBox(bins: Array(sorted[cut...])))
  }

  var mean: [UInt8] {
    let sums = bins.reduce(SIMD3<Int>()) { $0 &+ $1.sums }
    return (0..<3).map { UInt8(clamping: (sums[$0] + pixels / 2) / max(pixels, 1)) }
  }
}
