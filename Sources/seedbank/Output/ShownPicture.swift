import ArgumentParser
import Imaging
import Storage

/// Whether and how `show` shows the picture itself.
enum PictureChoice: String, ExpressibleByArgument, CaseIterable, Sendable {
  case auto, none, kitty, iterm, sixel, blocks
}

/// The first image of a generation as a terminal shows it.
enum ShownPicture {
  /// Empty where there is no picture, or no terminal for it: escapes never go into a pipe.
  static func text(
    _ generation: Generation, _ choice: PictureChoice, _ folder: LibraryFolder, _ session: Session
  ) -> String {
    guard choice != .none, session.terminal.isCapable, session.style.isOn || choice != .auto,
      let image = generation.images.first(where: { $0.missingSince == nil }),
      let picture = try? Picture.decode(contentsOf: folder.absolutePath(of: image))
    else { return "" }
    let kind =
      PictureProtocol(rawValue: choice.rawValue) ?? PictureProtocol(session.environment)
    let columns = (session.terminal.width ?? 80) / 2
    // A picture that can't be shown is no reason not to show the rest.
    let text = try? TerminalPicture.text(picture.upright, kind, columns: columns)
    return text.map { $0 + "\n" } ?? ""
  }
}
