import ArgumentParser
import SeedbankImaging
import SeedbankStorage

struct DuplicatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "duplicates",
    abstract: "List groups of images that are equal or look alike.",
    discussion: """
      Images are compared by appearance, so resized, recompressed and slightly changed copies are found. \
      Nothing is changed. Each group lists its images, the oldest first.

      EXAMPLES
        seedbank duplicates
        seedbank duplicates --within 0
        seedbank duplicates --format paths
      """)

  @Option(
    help: ArgumentHelp(
      "Number of fingerprint bits (of 64) that may differ, 0 to 20.", valueName: "bits"
    ))
  var within = 4
  @OptionGroup var records: RecordOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if !(0...20).contains(within) {
      throw ValidationError("--within must be a number from 0 to 20")
    }
  }

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .reading)
    let entries = try library.perceptualHashes()
    let groups = LookalikeGroups.find(
      entries.map { PerceptualHash(rawValue: $0.hash) }, within: within)
    let images = try DuplicateReport.images(groups.map { $0.map { entries[$0].id } }, in: library)
    DuplicateReport.print(images, records, library.folder, session)
  }
}
