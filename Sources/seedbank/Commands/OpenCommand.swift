import ArgumentParser
import FilePaths
import SeedbankStorage

struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: "Open a generation's image in the desktop's viewer.",
    discussion: """
      The viewer is what xdg-open finds, or the program that SEEDBANK_VIEWER names.

      EXAMPLES
        seedbank open @last
        seedbank open 1234.2
        SEEDBANK_VIEWER=feh seedbank open 1234
      """)

  @Argument(help: .reference, completion: .generations)
  var reference: String
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .reading)
    let resolution = try session.resolve(reference, in: library)
    let id = resolution.generation
    let images = try library.generation(id)?.images ?? []
    let wanted = images.filter { resolution.image == nil || resolution.image == $0.position }
    guard !wanted.isEmpty else {
      throw Failure(
        .noInput, "generation \(id) has no image yet", hint: "`seedbank sync` may fetch it")
    }
    for image in wanted {
      let path = library.folder.absolutePath(of: image)
      guard image.missingSince == nil, FileKind.isFile(path) else {
        throw Failure(
          .noInput, "the file of image \(id).\(image.position) is missing: \(path)",
          hint: "`seedbank check` says what else is")
      }
      try Viewer.open(path, session.environment)
    }
  }
}
