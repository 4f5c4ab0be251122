extension ForeignRecord {
  /// The time that Civitai writes into A1111's text.
  ///
  /// Some of these times lack the first colon: `2024-08-27T0536:43.5532345Z`.
  var created: CaptureTime? {
    guard let text = settings["created_date"]?.string else { return nil }
    let clock = text.dropFirst(11)
    let isShort = clock.prefix(4).allSatisfy { $0.isASCII && $0.isNumber }
    let time = isShort ? "\(clock.prefix(2)):\(clock.dropFirst(2))" : String(clock)
    return CaptureTime(xmp: "\(text.prefix(11))\(time)")
  }
}
