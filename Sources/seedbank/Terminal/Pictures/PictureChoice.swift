import ArgumentParser

/// How a person wants images on the terminal.
enum PictureChoice: String, ExpressibleByArgument, CaseIterable, Sendable {
  case auto, none, large, kitty, iterm, sixel, blocks
}

extension PictureProtocol {
  /// What was asked for, or else the best that the terminal is known for.
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
