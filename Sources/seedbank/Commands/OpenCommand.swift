import ArgumentParser
import FilePaths
import SeedbankModel
import SeedbankStorage

struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: "Open an image in the desktop's image viewer.",
    discussion: """
      Uses the default viewer (xdg-open), or the program in SEEDBANK_VIEWER.

      EXAMPLES
        seedbank open @last
        seedbank open 1234.2
        SEEDBANK_VIEWER=feh seedbank open 1234
      """)

  @Argument(help: .reference, completion: .generations)
  var reference: String
  @OptionGroup var report: ReportOptions
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
        .noInput, "generation \(id) has no image", hint: "run `seedbank sync` to download it")
    }
    for image in wanted {
      let path = library.folder.absolutePath(of: image)
      guard image.place != .remote else {
        throw Failure(
          .noInput, "the image \(id).\(image.position) is on a remote only",
          hint: "download it: `seedbank fetch \(id)`")
      }
      guard image.place == .library, path.isRegularFile else {
        throw Failure(
          .noInput, "the image file \(path) of \(id).\(image.position) is missing",
          hint: "run `seedbank check` to see all errors")
      }
      try Viewer.open(path, session.environment)
    }
    CommandReport("open", text: "") { object in
      object.member("id", id.rawValue)
      object.key("images")
      object.array { images in
        for image in wanted {
          images.object { entry in
            entry.member("position", image.position)
            entry.member("sha256", image.digest.description)
            entry.member(path: library.folder.absolutePath(of: image))
          }
        }
      }
    }.print(report, session)
  }
}
