import ArgumentParser
import FilePaths
import Glibc
import SeedbankGallery

/// Where an export goes and what its files are like.
struct ExportFileOptions: ParsableArguments {
  @Option(
    name: .customLong("to"),
    help: ArgumentHelp("The folder; with --zip the archive, its folder's name and .zip."),
    completion: .directory)
  var destination: String

  @Option(
    help: ArgumentHelp(
      "How files are named, folders with /: {id} {prompt:40} {seed} {created:%Y-%m-%d} …",
      valueName: "template"))
  var name: String?

  @Option(help: "How bytes get there: copy, hard, symlink or reflink.")
  var link: LinkMode = .copy

  @Option(help: "What files tell: embed, sidecar or none; embed, or with --link none.")
  var metadata: MetadataMode?

  @Flag(help: "Leave nothing in the files that tells anything, and write no gallery or manifest.")
  var strip = false

  @Flag(inversion: .prefixedNo, help: "Write index.html and its thumbnails.")
  var gallery: Bool?

  @Option(help: "Sort into folders: tag, model, month, rating or collection.")
  var groupBy: Grouping?

  @Flag(help: "Write one archive instead of a folder.")
  var zip = false

  @Flag(help: "Remove what earlier exports wrote there and this one does not want.")
  var prune = false

  func validateTogether() throws {
    if strip, metadata != nil { throw ValidationError("--strip and --metadata exclude each other") }
    if zip, link != .copy { throw ValidationError("--zip holds copies; it goes without --link") }
    if zip, prune { throw ValidationError("--zip writes all anew; it goes without --prune") }
  }

  /// The options that these arguments ask for.
  func exportOptions(
    sheet: ContactSheetOptions?, isDryRun: Bool
  ) throws -> ExportOptions {
    let folder = Path.absolute(destination).withoutTrailingSlashes
    let name = folder.name.bytes.isEmpty ? "export" : folder.name.text
    let archive = folder.hasSuffix(ignoringCase: ".zip") ? folder : folder + ".zip"
    var options = ExportOptions(
      to: zip ? .archive(archive) : .folder(folder), title: name,
      software: "Seedbank \(Version.current)")
    options.template = try Self.template(self.name) ?? (strip ? .mute : .standard)
    options.grouping = groupBy
    options.link = link
    options.metadata = strip ? .strip : metadata ?? (link == .copy ? .embed : .none)
    options.gallery = gallery ?? !strip
    options.manifests = !strip
    options.contactSheet = sheet
    options.prune = prune
    options.dryRun = isDryRun
    options.workers = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    options.offset = { Int(Clock.utcOffset(seconds: Int64($0.seconds.rounded(.down)))) }
    return options
  }

  private static func template(_ text: String?) throws -> NameTemplate? {
    guard let text else { return nil }
    do {
      return try NameTemplate(text)
    } catch {
      throw error.explained
    }
  }
}
