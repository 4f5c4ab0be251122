import ArgumentParser
import SeedbankImaging
import SeedbankStorage

struct DuplicatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "duplicates",
    abstract: "Group images that are the same or nearly so.",
    discussion: """
      Images are compared by their looks: resized, recompressed and slightly changed ones fall \
      together. Nothing is changed; a group is listed by its images, the oldest first.

      EXAMPLES
        seedbank duplicates
        seedbank duplicates --within 0
        seedbank duplicates --format json
      """)

  @Option(
    help: ArgumentHelp(
      "How many of 64 bits of the looks may differ, 0 to 20; 0 is the strictest.", valueName: "bits"
    ))
  var within = 4
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if !(0...20).contains(within) { throw ValidationError("--within is a number from 0 to 20") }
  }

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .reading)
    let entries = try library.perceptualHashes()
    let groups = LookalikeGroups.find(
      entries.map { PerceptualHash(rawValue: $0.hash) }, within: within)
    let images = try DuplicateReport.images(groups.map { $0.map { entries[$0].id } }, in: library)
    switch report.format {
    case .text: session.output.write(DuplicateReport.text(images, session))
    case .json: session.output.write(DuplicateReport.json(images))
    }
  }
}
