import SeedbankModel
import SeedbankStorage

/// The current state of a library, as text and as JSON.
struct StatusReport {
  private let folder: LibraryFolder
  private let generations: Int
  private let counts: [Status: Int]
  private let held: Int
  private let lastWork: Timestamp?
  private let diskBytes: Int64
  private let freeBytes: Int64

  init(_ library: Library) throws {
    folder = library.folder
    counts = try library.incompleteCounts()
    held = counts[.held] ?? 0
    lastWork = try library.lastGatewayEvent()
    let size = try library.size()
    generations = size.generations
    diskBytes = size.fileBytes.addingSize(size.catalogBytes)
    freeBytes = try library.images.freeDiskSpace()
  }

  private var queued: Int { counts[.queued] ?? 0 }
  private var running: Int {
    [Status.submitting, .pending, .ready].reduce(0) { $0 + (counts[$1] ?? 0) }
  }
  private var unknown: Int { counts[.unknown] ?? 0 }
  private var lost: Int { counts[.lost] ?? 0 }

  /// The rows of the text.
  ///
  /// Each problem has the command that solves it.
  func text(_ session: Session) -> String {
    func remedy(_ count: Int, _ words: String) -> String { count > 0 ? "\(count)  \(words)" : "0" }
    let rows: [(String, String)] = [
      ("library", SafeText.line("\(folder.path)")),
      ("generations", "\(generations)"),
      ("queued", remedy(queued, "`seedbank sync` sends \(Count.them(queued))")),
      ("running", remedy(running, "`seedbank sync` continues")),
      ("unknown", remedy(unknown, "`seedbank search is:unknown` lists \(Count.them(unknown))")),
      ("held", remedy(held, "`seedbank owner` shows for whom")),
      ("lost", remedy(lost, "`seedbank sync --retry-lost` tries again")),
      ("last sync", lastWork.map { Clock.local($0) } ?? "never"),
      ("disk", "\(ByteCount.text(diskBytes)) used, \(ByteCount.text(freeBytes)) free"),
    ]
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { name, value in
      let columns = session.terminal.width.map { $0 - width - 2 }
      let lines = columns.map { TextWrap.lines(value, columns: $0) } ?? [value]
      let margin = "\n" + String(repeating: " ", count: width + 2)
      return session.style.faint(name + String(repeating: " ", count: width - name.count + 2))
        + lines.joined(separator: margin) + "\n"
    }.joined()
  }

  /// The text has at most three lines.
  var brief: String {
    let parts = [
      (queued, "queued"), (running, "running"), (unknown, "unknown"), (held, "held"),
      (lost, "lost"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    let work =
      parts.isEmpty
      ? "Nothing is waiting." : parts.joined(separator: ", ") + ". `seedbank sync` continues."
    return """
      \(Count.text(generations, "generation")), \(ByteCount.text(diskBytes)) in \(SafeText.line("\(folder.path)"))
      \(work) Last sync: \(lastWork.map { Clock.local($0) } ?? "never").
      More: `seedbank status`. All commands: `seedbank --help`.

      """
  }

  var json: String {
    var writer = JSONWriter()
    writer.object { object in
      object.member(path: folder.path)
      object.member("generations", generations)
      object.member("queued", queued)
      object.member("running", running)
      object.member("unknown", unknown)
      object.member("held", held)
      object.member("lost", lost)
      object.member("last_sync", lastWork?.description)
      object.member("bytes", diskBytes)
      object.member("free_bytes", freeBytes)
    }
    return writer.text + "\n"
  }
}
