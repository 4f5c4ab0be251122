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
    let wanted = try session.presentImages(of: resolution, in: library)
    for image in wanted {
      try Viewer.open(library.folder.absolutePath(of: image), session.environment)
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
