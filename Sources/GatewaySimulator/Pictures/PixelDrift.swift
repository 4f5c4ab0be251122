/// Drift in pixels, as in a service that reproduces a seed only approximately.
enum PixelDrift {
  static func apply(_ picture: Picture, to bytes: inout [UInt8]) {
    switch picture.drift {
    case .pixels: speckle(&bytes, salt: picture.salt)
    case .place: smudge(&bytes, picture.size, salt: picture.salt)
    case .bytes, .scene, nil: break
    }
  }

  /// One value in sixteen is off by one.
  private static func speckle(_ bytes: inout [UInt8], salt: Int) {
    var dice = SeededNumbers(Digest64(7).adding(salt))
    for start in stride(from: 0, to: bytes.count, by: 16) {
      let draw = dice.next()
      let place = start + Int(draw & 15)
      guard place < bytes.count else { continue }
      bytes[place] =
        draw & 16 == 0
        ? UInt8(min(Int(bytes[place]) + 1, 255)) : UInt8(max(Int(bytes[place]) - 1, 0))
    }
  }

  /// Colours are exchanged within one soft disc.
  private static func smudge(_ bytes: inout [UInt8], _ size: PixelSize, salt: Int) {
    var dice = SeededNumbers(Digest64(11).adding(salt))
    let frame = Frame(size)
    let x = dice.float(0.25...0.75) * frame.width
    let y = dice.float(0.25...0.75) * frame.height
    for row in 0..<size.height {
      let dy = frame.unit(row) - y
      guard abs(dy) < 0.09 else { continue }
      for column in 0..<size.width {
        let dx = frame.unit(column) - x
        let share = 1 - smoothstep(0.05, 0.09, (dx * dx + dy * dy).squareRoot())
        guard share > 0 else { continue }
        let place = (row * size.width + column) * 3
        for channel in 0..<3 {
          let value = Float(bytes[place + channel])
          bytes[place + channel] = UInt8(value + (255 - 2 * value) * share * 0.8)
        }
      }
    }
  }
}
