import SeedbankImaging

/// The mean colour of an image, which is shown until its thumbnail is loaded.
struct MeanColor: Equatable, Sendable {
  let red: UInt8
  let green: UInt8
  let blue: UInt8

  /// `#rrggbb`.
  var hex: String {
    "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

extension MeanColor {
  /// Nil if the file cannot be decoded.
  init?(ofJPEG bytes: [UInt8]) {
    guard let pixels = try? Picture.decode(bytes, atLeast: 16).upright else { return nil }
    let channels = pixels.layout.channels
    var sums = [0, 0, 0]
    for start in stride(from: 0, to: pixels.bytes.count, by: channels) {
      for channel in 0..<3 { sums[channel] += Int(pixels.bytes[start + channel]) }
    }
    let count = pixels.width * pixels.height
    let means = sums.map { UInt8(clamping: ($0 + count / 2) / count) }
    self.init(red: means[0], green: means[1], blue: means[2])
  }
}
