import ArgumentParser
import FilePaths
import Platform
import SeedbankGallery

/// The destination and the files of an export.
struct ExportFileOptions: ParsableArguments {
  @Option(
    name: [.customLong("to"), .customShort("o")],
    help: ArgumentHelp("The folder; with --zip, the name of the archive (.zip is added)."),
    completion: .directory)
  var destination: String

  @Option(
    help: ArgumentHelp(
      "Names of the files: {id} {prompt:40} {seed} {created:%Y-%m-%d} …; / makes folders (default: {ref:04}-{prompt:40}-{seed}).",
      valueName: "template"))
  var name: String?

  @Option(help: "How to write image files.")
  var link: LinkMode = .copy

  @Option(help: "Where to write metadata (default: embed; with --link: none).")
  var metadata: MetadataMode?

  @Flag(help: "Remove all metadata, and write no gallery or manifest.")
  var strip = false

  @Flag(
    inversion: .prefixedNo,
    help:
      "Write index.html and thumbnails, or do not (default: --gallery; with --strip: --no-gallery)."
  )
  var gallery: Bool?

  @Option(help: "Sort files into folders by this field.")
  var groupBy: Grouping?

  @Option(help: "Title of the gallery (default: the name of the folder).")
  var title: String?

  @Flag(help: "Export for a client: notes and ratings are left out.")
  var client = false

  @Option(
    help: ArgumentHelp(
      "Leave out note, rating, parent or events, separated by commas; or none (default: none; with --title or --client: note,rating).",
      valueName: "fields"), transform: ExportFileOptions.withheldFields)
  var without: Set<WithheldField>?

  @Flag(help: "Replace an index.html or a contact sheet that an export did not write.")
  var force = false

  @Flag(help: "Write a .zip archive instead of a folder.")
  var zip = false

  @Flag(help: "Remove files of earlier exports that are not in this one.")
  var prune = false

  func validateTogether() throws {
    if strip, metadata != nil { throw ValidationError("--strip and --metadata cannot be combined") }
    if zip, link != .copy { throw ValidationError("--zip and --link cannot be combined") }
    if zip, prune { throw ValidationError("--zip and --prune cannot be combined") }
  }

  /// The options that these arguments ask for.
  ///
  /// - Parameter fetches: Whether images that are on a remote only are downloaded before the export.
  func exportOptions(
    sheet: ContactSheetOptions?, isDryRun: Bool, fetches: Bool
  ) throws -> ExportOptions {
    let folder = try Path.absolute(destination, of: "--to").withoutTrailingSlashes
    let name = folder.name.bytes.isEmpty ? "export" : folder.name.text
    let archive = folder.hasSuffix(ignoringCase: ".zip") ? folder : folder + ".zip"
    var options = ExportOptions(
      to: zip ? .archive(archive) : .folder(folder), title: title ?? name,
      software: "Seedbank \(Version.current)")
    options.template = try Self.template(self.name) ?? (strip ? .mute : .standard)
    options.grouping = groupBy
    options.link = link
    options.metadata = strip ? .strip : metadata ?? (link == .copy ? .embed : .none)
    options.gallery = gallery ?? !strip
    options.manifests = !strip
    options.contactSheet = sheet
    options.prune = prune
    options.without = withheld
    options.replacesForeignPages = force
    options.dryRun = isDryRun
    options.fetchesRemoteImages = fetches
    options.workers = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    options.offset = { Int(Clock.utcOffset(seconds: Int64($0.seconds.rounded(.down)))) }
    return options
  }

  /// Notes about a client are not for the client.
  private var withheld: Set<WithheldField> {
    if let without, without.isEmpty { return [] }
    return (without ?? []).union(client || title != nil ? [.note, .rating] : [])
  }

  private static func withheldFields(_ text: String) throws -> Set<WithheldField> {
    if text == "none" { return [] }
    return try Set(
      text.split(separator: ",").map { name in
        guard let field = WithheldField(rawValue: name.filter { $0 != " " }) else {
          let names = WithheldField.allCases.map(\.rawValue).joined(separator: ", ")
          throw ValidationError("--without takes \(names) or none, not '\(name)'")
        }
        return field
      })
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
