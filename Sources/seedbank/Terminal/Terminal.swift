import Glibc

/// What is known of the terminal behind a stream, if there is one.
struct Terminal: Sendable, Equatable {
  let isPresent: Bool
  /// Whether it takes colours and cursor movements.
  let isCapable: Bool
  /// Columns; nil where there is no terminal, and then nothing is cut.
  let width: Int?

  init(descriptor: Int32, environment: Environment) {
    isPresent = isatty(descriptor) == 1
    let kind = environment["TERM"]
    isCapable = isPresent && kind != "dumb" && kind != nil
    width = isPresent ? Self.width(of: descriptor) ?? 80 : nil
  }

  /// Asked anew each time that it matters, since people pull at their windows.
  static func width(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
