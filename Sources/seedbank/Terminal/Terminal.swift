import Platform

/// The terminal of a stream, if there is one.
struct Terminal: Sendable, Equatable {
  let isPresent: Bool
  /// Whether it supports colors and cursor movements.
  let isCapable: Bool
  /// The number of columns; nil without a terminal.
  ///
  /// Then nothing is cut.
  let width: Int?

  init(descriptor: Int32, environment: Environment) {
    isPresent = isatty(descriptor) == 1
    let kind = environment["TERM"]
    isCapable = isPresent && kind != "dumb" && kind != nil
    width = isPresent ? Self.width(of: descriptor) ?? 80 : nil
  }

  /// Read again each time, because the size of a window can change.
  static func width(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
