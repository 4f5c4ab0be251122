import ArgumentParser
import FilePaths
import SeedbankImaging
import SeedbankStorage
import SeedbankSync

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Say how alike two pictures are, with the numbers.",
    discussion: """
      Either may be a generation or any picture file. Generations with several images are compared \
      image by image. The verdict rests on decoded pixels: identical-file, identical-pixels, \
      visually-identical, near-identical, locally-different, similar-composition or different.

      EXAMPLES
        seedbank compare 1234 1240
        seedbank compare 1234.2 ~/Downloads/picture.webp
        seedbank compare 1234 1240 --image both.png
      """)

  @Argument(help: .reference, completion: .generations)
  var original: String
  @Argument(help: .reference, completion: .generations)
  var other: String
  @Option(
    help: ArgumentHelp(
      "Write both and their difference side by side, as PNG, JPEG or WebP.", valueName: "file"),
    completion: .file())
  var image: String?
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if let image, ComparedImage.encoding(of: Path.typed(image)) == nil {
      throw ValidationError("--image takes the name of a .png, .jpg or .webp file")
    }
  }

  func run() throws {
    let session = Session(global)
    let pairs = ComparedImage.pairs(
      try ComparedImage.find(original, session), try ComparedImage.find(other, session))
    let verdicts = try pairs.map { try $0.verdict() }
    if let image {
      guard pairs.count == 1, let pair = pairs.first else {
        throw Failure(
          .usage, "--image shows one pair, and these are \(pairs.count)",
          hint: "name an image of each, as in 1234.2")
      }
      try pair.writeSheet(to: Path.absolute(image))
    }
    session.output.write(
      report.format == .json
        ? VerdictReport.json(verdicts) : VerdictReport.text(verdicts, session.style))
  }
}
