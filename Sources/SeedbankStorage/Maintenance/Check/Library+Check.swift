import Dispatch
public import FilePaths
import FoundationEssentials
internal import GRDB
import SeedbankModel
import Synchronization

/// The stage of a check.
public enum CheckStage: Sendable {
  /// Rows and the search index.
  case catalog
  /// The content of image files.
  case files
}

extension Library {
  /// How much a check reads.
  public enum Depth: Sendable {
    /// The log, the schema, the totals of the search index, and the newest rows and image files.
    ///
    /// It takes about a second in a library of a million generations.
    case quick
    /// All rows, the whole search index, and the presence and length of all image files.
    case shallow
    /// Every byte, hashed and decoded by `inspect` on all cores.
    ///
    /// `resuming` continues after the last file of an earlier check that was stopped.
    case deep(resuming: Bool, inspect: @Sendable (_ path: FilePath) -> ImageInspection)
  }

  /// Compares rows, files and the index, and changes nothing.
  ///
  /// Damage of the catalog is a fault in the report and does not stop the rest of the check.
  ///
  /// - Parameters:
  ///   - logEnd: the end of the write-ahead log before the library was opened. Without it, frames that a killed
  ///     command left can be reported as damage.
  ///   - progress: called with the number of checked parts of the catalog, then with the number of inspected
  ///     image files.
  /// - Throws: `LibraryError` if the catalog cannot be opened.
  public func check(
    _ depth: Depth = .shallow, logEnd: LogEnd? = nil,
    progress: (_ stage: CheckStage, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
  ) throws -> CheckReport {
    var report = CheckReport()
    let log = folder.catalog + "-wal"
    if let frames = try LogInspection.settledTear(ofLogAt: log, end: logEnd) {
      report.faults.append(.logTorn(goodFrames: frames))
    }
    if case .quick = depth {
      try part(of: &report) { report in report.faults += try reading(QuickCheck.catalogFaults) }
    } else {
      try checkCatalog(&report, progress)
    }
    try part(of: &report) { report in
      report.generations = try reading { try count("generation", $0) }
      report.images = try reading { try count("image", $0) }
    }
    switch depth {
    case .quick:
      try part(of: &report) { report in
        let files = try reading { try CataloguedFile.newest(QuickCheck.depth, in: $0) }
        for file in files { report.faults += FileCheck.faults(of: file, in: folder) }
        try lookAgain(at: &report.faults)
      }
    case .shallow: try part(of: &report, checkFiles)
    case .deep(let resuming, let inspect):
      try part(of: &report, checkFiles)
      let deep = DeepCheck(folder: folder, inspect: inspect)
      try part(of: &report) {
        try checkDeeply(deep, resuming: resuming, &$0) { progress(.files, $0, $1) }
      }
    }
    return report
  }

  /// Checks the rows and the search index, on two threads.
  ///
  /// For a million rows, the pages and the structure of the index together take as long as all other
  /// parts.
  private func checkCatalog(
    _ report: inout CheckReport, _ progress: (CheckStage, Int, Int) -> Void
  ) throws {
    let done = Mutex(0)
    let total = CatalogCheck.parts.count + 3
    @Sendable func part(
      _ library: Library, _ body: (inout CheckReport) throws -> Void
    ) throws -> CheckReport {
      var report = CheckReport()
      try library.part(of: &report, body)
      done.withLock { $0 += 1 }
      return report
    }
    let found = concurrently(
      { library in
        let pages = try part(library) { $0.faults += try library.reading(PageCheck.faults) }
        return [pages, try part(library) { try library.checkStructureOfIndex(&$0) }]
      },
      { library in
        let index = try part(library) {
          $0.faults += try library.reading(CatalogCheck.indexFaults)
        }
        let rows = try CatalogCheck.parts.map { look in
          try part(library) { $0.faults += try library.reading(look) }
        }
        return [index] + rows
      },
      waiting: { progress(.catalog, done.withLock(\.self), total) })
    let reports = try found.flatMap { try $0.get() }
    // The pages, the rows, the index, and its structure.
    for other in [reports[0]] + reports[3...] + [reports[2]] { report.join(other) }
    // Damage that was found otherwise is not reported once more.
    if !report.hasDamagedIndex { report.join(reports[1]) }
  }

  /// Runs two pieces of work in parallel, the second with a separate connection if one can be
  /// opened.
  private func concurrently(
    _ first: @escaping @Sendable (Library) throws -> [CheckReport],
    _ second: @escaping @Sendable (Library) throws -> [CheckReport], waiting: () -> Void
  ) -> [Result<[CheckReport], any Error>] {
    // Without locks between connections, as in a folder that cannot be written to, one must do.
    let twin = isReadOnly ? nil : try? onOwnConnection()
    let work = [(self, first), (twin ?? self, second)]
    let results = Mutex<[Int: Result<[CheckReport], any Error>]>([:])
    let group = DispatchGroup()
    for (index, (library, body)) in work.enumerated() {
      let work = OneShotWork { try body(library) }
      DispatchQueue(label: "seedbank.check").async(group: group) {
        let result = Result { try work.run() }
        results.withLock { $0[index] = result }
      }
    }
    while group.wait(timeout: .now() + .milliseconds(100)) == .timedOut { waiting() }
    waiting()
    return results.withLock { results in work.indices.compactMap { results[$0] } }
  }

  /// Performs one part of a check.
  ///
  /// Damage that stops it is a fault, and not the end of the check.
  private func part(
    of report: inout CheckReport, _ body: (inout CheckReport) throws -> Void
  ) throws {
    do {
      try body(&report)
    } catch LibraryError.corrupt(_, let detail) {
      report.noteDamage(detail)
    } catch LibraryError.catalog(_, let detail) {
      // A table is missing, or has other columns than it must.
      report.noteDamage(detail)
    } catch LibraryError.indexDamaged(_, let detail) {
      report.faults.append(.indexDamaged(detail))
    }
  }

  /// FTS5 checks its structure with a statement that counts as a write but changes nothing.
  ///
  /// In a library that cannot be written to, this check is left out.
  private func checkStructureOfIndex(_ report: inout CheckReport) throws {
    if isReadOnly { return }
    let damage = try write(rehearsing: true) { try SearchIndex.structuralDamage(in: $0) }
    if let damage { report.faults.append(.indexDamaged(damage)) }
  }

  private func checkFiles(_ report: inout CheckReport) throws {
    var cursor: Digest?
    while true {
      let page = try reading { try CataloguedFile.page(after: cursor, limit: 1000, in: $0) }
      guard let last = page.last else { break }
      cursor = last.digest
      for file in page {
        report.faults += FileCheck.faults(of: file, in: folder)
        guard file.isOnRemote, FileSystem.size(folder.path + "/" + file.relativePath) == nil else {
          continue
        }
        report.remoteFiles += 1
        if !file.isMarkedMissing { report.unmarkedRemoteFiles.append(file.relativePath) }
      }
    }
    report.faults += try reading { try FileCheck(folder: folder, database: $0).filesWithoutRow() }
    try lookAgain(at: &report.faults)
  }

  /// Drops what only looked like a fault because another process was between a file and its row.
  private func lookAgain(at faults: inout [Fault]) throws {
    func isPassing(_ fault: Fault) -> Bool {
      switch fault {
      case .orphan, .fileMissing, .orphanDownload: true
      default: false
      }
    }
    guard faults.contains(where: isPassing) else { return }
    // Nothing writes on a read-only medium.
    let claim = try? claimStore(for: .judging)
    defer { withExtendedLifetime(claim) {} }
    faults = try reading { database in
      let check = FileCheck(folder: folder, database: database)
      return try faults.filter { try !isPassing($0) || check.confirms($0) }
    }
  }

  private func checkDeeply(
    _ deep: DeepCheck, resuming: Bool, _ report: inout CheckReport,
    _ progress: (Int, Int) -> Void
  ) throws {
    let mark = CheckMark(folder)
    var cursor = resuming ? mark.digest : nil
    let total = try reading { try count("(\(Self.digests))", $0) }
    let start = cursor?.bytes.data ?? Data()
    var done = try reading { database in
      try Int.fetchOne(
        database, sql: "SELECT count(*) FROM (\(Self.digests)) WHERE sha256 <= ?",
        arguments: [start]) ?? 0
    }
    while true {
      let page = try reading { try CataloguedFile.page(after: cursor, limit: 64, in: $0) }
      guard let last = page.last else { break }
      report.faults += deep.faults(of: page)
      report.inspected += page.count
      done += page.count
      cursor = last.digest
      mark.set(last.digest)
      progress(done, total)
    }
    mark.remove()
  }

  private static let digests =
    "SELECT sha256 FROM image UNION SELECT sha256 FROM reference_image"

  private func count(_ table: String, _ database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? 0
  }

  /// Runs a transaction that reads one state of the catalog and may create temporary tables, which
  /// `read` forbids.
  private func reading<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try queue.inDatabase { database in
        var value: Value?
        try database.inTransaction(.deferred) {
          value = try body(database)
          // SQLite does not commit a transaction in which it met damage, even if nothing was written.
          return .rollback
        }
        guard let value else { throw CancellationError() }
        return value
      }
    } catch let error as DatabaseError {
      throw LibraryError(error, path: folder.catalog)
    }
  }
}
