import ArgumentParser
import FilePaths
import SeedbankImaging
import SeedbankStorage
import SeedbankSync

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two images and show how much they differ.",
    discussion: """
      Compares generations and image files. Generations with several images are compared \
      image by image. The verdict is based on decoded pixels: identical-file, identical-pixels, \
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
      "Write both images and their difference to a .png, .jpg or .webp file.", valueName: "file"),
    completion: .file())
  var image: String?
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if let image, ComparisonFile.encoding(of: Path.typed(image)) == nil {
      throw ValidationError("--image needs the name of a .png, .jpg or .webp file")
    }
  }

  func run() throws {
    let session = Session(global)
    let pairs = ComparedPair.pairs(
      try ComparedImage.find(original, session), try ComparedImage.find(other, session))
    let verdicts = try pairs.map { try $0.verdict { try $0.explainedPicture() } }
    if let image {
      guard pairs.count == 1, let pair = pairs.first else {
        throw Failure(
          .usage, "--image supports one pair of images, but there are \(pairs.count)",
          hint: "name one image of each generation, as in 1234.2")
      }
      try ComparisonFile.write(pair, to: Path.absolute(image))
    }
    session.output.write(
      report.format == .json
        ? VerdictReport.json(verdicts) : VerdictReport.text(verdicts, session.style))
  }
}
