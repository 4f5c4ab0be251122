import FoundationEssentials
internal import GRDB

extension Library {
  /// How much of the image files a check looks at.
  public enum Depth: Sendable {
    /// That they are there, and how long they are.
    case shallow
    /// Every byte, hashed and decoded by `inspect` on all cores; `resuming` goes on after the last
    /// file that an earlier check, which was stopped, came to.
    case deep(resuming: Bool, inspect: @Sendable (_ path: String) -> ImageInspection)
  }

  /// Compares rows, files and index with one another, and changes none of them.
  ///
  /// - Parameter progress: told how many of the image files are done.
  /// - Throws: `LibraryError` where the catalog can't be read at all.
  public func check(
    _ depth: Depth = .shallow, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> CheckReport {
    var report = CheckReport()
    if let frames = try LogInspection.settledTear(ofLogAt: folder.catalog + "-wal") {
      report.faults.append(.logTorn(goodFrames: frames))
    }
    try reading { database in
      report.generations = try count("generation", database)
      report.images = try count("image", database)
      report.faults += try CatalogCheck.faults(in: database)
    }
    try checkFiles(&report)
    if case .deep(let resuming, let inspect) = depth {
      let deep = DeepCheck(folder: folder, inspect: inspect)
      try checkDeeply(deep, resuming: resuming, &report, progress)
    }
    return report
  }

  private func checkFiles(_ report: inout CheckReport) throws {
    var cursor: Digest?
    while true {
      let page = try reading { try CataloguedFile.page(after: cursor, limit: 1000, in: $0) }
      guard let last = page.last else { break }
      cursor = last.digest
      for file in page { report.faults += FileCheck.faults(of: file, in: folder) }
    }
    report.faults += try reading { try FileCheck(folder: folder, database: $0).strays() }
    try lookAgain(at: &report.faults)
  }

  /// Drops what only looked like a fault because another process was between a file and its row.
  private func lookAgain(at faults: inout [Fault]) throws {
    func isPassing(_ fault: Fault) -> Bool {
      switch fault {
      case .orphan, .fileMissing, .strayDownload: true
      default: false
      }
    }
    guard faults.contains(where: isPassing) else { return }
    // On a medium that can't be written nobody writes.
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
    let total = try reading { try count("(SELECT DISTINCT sha256 FROM image)", $0) }
    let start = cursor?.bytes.data ?? Data()
    var done = try reading { database in
      try Int.fetchOne(
        database, sql: "SELECT count(DISTINCT sha256) FROM image WHERE sha256 <= ?",
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

  private func count(_ table: String, _ database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? 0
  }

  /// A transaction that reads the catalog, so what it reads is of one moment, and may make temporary
  /// tables, which `read` forbids.
  private func reading<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try queue.inDatabase { database in
        var value: Value?
        try database.inTransaction(.deferred) {
          value = try body(database)
          return .commit
        }
        guard let value else { throw CancellationError() }
        return value
      }
    } catch let error as DatabaseError {
      throw LibraryError(error, path: folder.catalog)
    }
  }
}
