import SeedbankModel
import SeedbankStorage
import SeedbankSync

extension GatewayWork {
  /// Completes newly recorded generations and prints them.
  ///
  /// - Parameters:
  ///   - afterwards: called when all are finished or left, before the result is printed.
  ///   - remark: printed after the table, for the generations in their current state.
  /// - Throws: `BatchOutcome` with the most serious of their results.
  func complete(
    _ ids: [GenerationID], in library: Library, noWait: Bool, label: String,
    _ records: RecordOptions, afterwards: () throws -> Void = {},
    remark: ([Generation]) throws -> String = { _ in "" }
  ) async throws {
    guard !noWait, !stop.isOn else {
      try show(ids, in: library, records)
      return try BatchOutcome.end(with: stop.isOn ? .tryAgain : .done)
    }
    let reporter = SyncReporter(session, label: label, total: ids.count)
    let report = try await run(library, .only(ids), reporter)
    try show(ids, in: library, records)
    if records.format == .table {
      session.output.write(
        try remark(library.generations(Array(ids.prefix(Self.tableLimit)))))
    }
    try afterwards()
    if ids.count > 1 || report.grade != .done {
      session.talk.note(SyncSummary.sentence(report))
    }
    if report.stop == .interrupted {
      session.talk.note("run `seedbank sync` to continue")
    }
    try BatchOutcome.end(with: report.status)
  }

  /// The maximum length of the table.
  ///
  /// Other formats are for programs and contain all rows.
  private static let tableLimit = 50

  func show(_ ids: [GenerationID], in library: Library, _ records: RecordOptions) throws {
    var printer = RecordPrinter(session, records, folder: library.folder)
    let isTable = records.format == .table
    let shown = isTable ? ids.prefix(Self.tableLimit) : ids[...]
    for page in shown.chunks(of: 200) { try printer.print(library.generations(Array(page))) }
    printer.finish()
    if shown.count < ids.count {
      session.output.write("… and \(ids.count - shown.count) more.\n")
    }
  }
}
