/// Five colours from deep to bright, and everything between them.
struct Palette: Sendable {
  static let steps = 1024
  /// `steps` colours, evenly spaced to the eye.
  let ramp: [Tone]

  init(_ codes: [UInt32]) {
    let stops = codes.map { Tone(hexadecimal: $0).oklab }
    ramp = (0..<Self.steps).map { step in
      let place = Float(step) / Float(Self.steps - 1) * Float(stops.count - 1)
      let index = min(Int(place), stops.count - 2)
      let share = place - Float(index)
      return Tone(oklab: stops[index].mixed(with: stops[index + 1], share))
    }
  }

  /// The colour at 0 (deep) … 1 (bright).
  func callAsFunction(_ t: Float) -> Tone { ramp[Int(clamped(t) * Float(Self.steps - 1))] }
}

extension Palette {
  /// Palettes by name, in the order that prompts draw from.
  static let all: [(name: String, codes: [UInt32])] = [
    ("dusk", [0x1b1035, 0x5b2a86, 0xc3456f, 0xf58a5a, 0xffd9a0]),
    ("ocean", [0x04202c, 0x0b4f6c, 0x1f8a9e, 0x7cc6c3, 0xf1f4e4]),
    ("forest", [0x10231c, 0x1f4a38, 0x4f7a4a, 0xa3b562, 0xf0e9c5]),
    ("desert", [0x3a1c1a, 0x8c3b2a, 0xd0703c, 0xeeb16a, 0xf9e7c4]),
    ("night", [0x070b1e, 0x15224f, 0x2f4a8f, 0x7f9bd1, 0xe8ecff]),
    ("rose", [0x35122b, 0x7d2350, 0xc94f7c, 0xf19cae, 0xfde6df]),
    ("meadow", [0x17323a, 0x2b6a5f, 0x7bb274, 0xd9d67a, 0xfdf6d2]),
    ("glacier", [0x0d1b2e, 0x2c5175, 0x6ea4c4, 0xb9dceb, 0xf7fbff]),
    ("ember", [0x160a0c, 0x5c1520, 0xb0302a, 0xf0742e, 0xffd37a]),
    ("lavender", [0x1f1638, 0x4b3c85, 0x8b78c6, 0xc9b3e6, 0xf7ecfb]),
    ("citrus", [0x2b2f12, 0x6b7a1e, 0xc4b32c, 0xf5cf4a, 0xfff3c0]),
    ("ink", [0x111318, 0x30363f, 0x6b737c, 0xb6b8b4, 0xf3efe6]),
    ("coral", [0x0f2d3a, 0x2a6f79, 0xf0715b, 0xf9ad8a, 0xfdf0dc]),
    ("jade", [0x08241f, 0x0f5a4c, 0x2f9b7f, 0x93d3ae, 0xeff8e4]),
    ("plum", [0x23102e, 0x5a2252, 0xa34a5f, 0xe0a15a, 0xf8e6b8]),
    ("harbour", [0x0b1b3a, 0x264a86, 0x8aa5c9, 0xf2a65a, 0xfdeccf]),
  ]

  static func named(_ name: String) -> Palette? {
    all.first { $0.name == name }.map { Palette($0.codes) }
  }
}
