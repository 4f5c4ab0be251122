import ArgumentParser
import TerminalGraphics

/// The option for images on the terminal.
enum PictureChoice: String, ExpressibleByArgument, CaseIterable, Sendable {
  case auto, none, large, kitty, iterm, sixel, blocks
}

extension PictureProtocol {
  /// The requested protocol, or else the best one that the terminal supports.
  init?(_ choice: PictureChoice, environment: Environment) {
    switch choice {
    case .auto, .large: self.init(detectedIn: { environment[$0] })
    case .kitty: self = .kitty
    case .iterm: self = .iTerm2
    case .sixel: self = .sixel
    case .blocks: self = .halfBlocks(HalfBlocks.Depth(detectedIn: { environment[$0] }) ?? .indexed)
    case .none: return nil
    }
  }
}

extension Session {
  /// The painter for standard output; nil if it is not a terminal or cannot show images.
  ///
  /// `NO_COLOR` does not disable images. It is for text without colors.
  func picturePainter(
    _ choice: PictureChoice, height: PictureHeight = .third
  ) -> PicturePainter? {
    guard terminal.isCapable, let how = PictureProtocol(choice, environment: environment) else {
      return nil
    }
    let painter = PicturePainter(
      how: how, size: TerminalSize(descriptor: 1), height: choice == .large ? .large : height)
    if !painter.isText { output.usePager(nil) }
    return painter
  }
}
