import ArgumentParser

/// The option for images on the terminal.
enum PictureChoice: String, ExpressibleByArgument, CaseIterable, Sendable {
  case auto, none, large, kitty, iterm, sixel, blocks
}

extension PictureProtocol {
  /// The requested protocol, or else the best one that the terminal supports.
  init?(_ choice: PictureChoice, environment: Environment) {
    switch choice {
    case .auto, .large: self.init(detectedIn: environment)
    case .kitty: self = .kitty
    case .iterm: self = .iTerm2
    case .sixel: self = .sixel
    case .blocks: self = .halfBlocks(HalfBlocks.Depth(detectedIn: environment) ?? .indexed)
    case .none: return nil
    }
  }
}
