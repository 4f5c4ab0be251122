import FilePaths
import Foundation
import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// Measures one library.
struct Figures {
  private(set) var rows: [Figure] = []
  private let bench: BenchLibrary
  private let local: LocalTime

  init(_ bench: BenchLibrary) throws {
    self.bench = bench
    local = .utc(now: Timestamp(milliseconds: 1_700_000_000_000 + Int64(bench.count) * 60_000))
    try searches()
    try counts()
    try sizesAndRates()
    try maintenance()
    try edits()
    try manyEdits()
  }

  private mutating func add(_ what: String, _ time: Spread, _ note: String = "") {
    rows.append((what, time.milliseconds + note))
  }

  private func time(_ text: String, order: SearchOrder = .newest) throws -> Spread {
    let query = try Query.parse(text).query
    return try Measure.spread {
      _ = try bench.library.ids(SearchRequest(query, order: order, at: local))
    }
  }

  private mutating func searches() throws {
    let word = Corpus.commonWord
    let base = try time(word)
    add("a common word, newest 50", base)
    for query in [
      "\(word) tag:\(Corpus.commonTag)", "\(word) tag:client",
      "\(word) created:2023-11-20..2023-12-31",
      "\(word) -cat", "\(word) rating:>=4", "\(word) model:seedream-3*", "word40*",
      // The prefixes that a person types, one character after the other.
      "l*", "li*", "lig*", "wor*", "zz*", "\"in the\"",
      "猫",
      Corpus.rareWord, "seed:12*", "\(word) seed:12*",
    ] {
      let taken = try time(query)
      add(
        "`\(query)`", taken, String(format: ", %.1f × the word alone", taken.median / base.median))
    }
    for (name, order) in [
      ("oldest", .oldest), ("rating", .rating), ("size", .size), ("seed", .seed),
      ("created", .created), ("random", .random(1)),
    ] as [(String, SearchOrder)] {
      add("the common word by \(name)", try time(word, order: order))
    }
    let ranked = try time(word, order: .relevance)
    let match = "SELECT rowid FROM plain WHERE plain MATCH '\(word)' ORDER BY rank LIMIT 50"
    let rank = try Shell.sqlite(bench.plain, timed: match)
    add("the common word by relevance", ranked)
    add(
      "FTS5 `ORDER BY rank` of it", Spread([rank]),
      String(format: ", %.0f × ours", rank / ranked.median))
    let page = try Query.parse(word).query
    add(
      "a page of 50 whole generations",
      try Measure.spread { _ = try bench.library.search(SearchRequest(page, at: local)) })
  }

  private mutating func counts() throws {
    let word = try Query.parse(Corpus.commonWord).query
    var count = 0
    let exact = try Measure.spread(5) { count = try bench.library.count(word, at: local) }
    add("exact count of the common word", exact, ", it is \(count)")
    add(
      "count capped at 10,000",
      try Measure.spread(5) { _ = try bench.library.count(word, at: local, cap: 10_000) })
    add(
      "facets of the common word",
      try Measure.spread(3) { _ = try bench.library.facets(word, at: local) })
    let rare = try Query.parse(Corpus.rareWord).query
    add(
      "facets of a rare word",
      try Measure.spread(3) { _ = try bench.library.facets(rare, at: local) })
    add(
      "prompts of the common word",
      try Measure.spread(3) { _ = try bench.library.prompts(word, at: local) })
  }

  private mutating func sizesAndRates() throws {
    let ours = try BenchLibrary.bytes(bench.catalog, "search_index")
    let plain = try BenchLibrary.bytes(bench.plain, "plain")
    rows.append(
      (
        "index, bytes a generation",
        String(
          format: "%.0f; a plain FTS5 table %.0f (%.2f ×)", ours / Double(bench.count),
          plain / Double(bench.count), ours / plain)
      ))
    rows.append(
      (
        "restoring, generations a second",
        String(
          format: "%.0f; `.import` into a bare table %.0f (%.1f × its time)",
          Double(bench.count) / bench.restoring, Double(bench.count) / bench.importing,
          bench.restoring / bench.importing)
      ))
  }

  /// Measures work on the whole library, compared with the time in which the shell reads or checks
  /// all rows once.
  private mutating func maintenance() throws {
    let reading = try Shell.sqlite(
      bench.catalog, timed: "SELECT total(cost), total(length(uid)) FROM generation")
    func compared(_ what: String, _ time: Spread, _ to: (name: String, time: Double)) {
      add(what, time, String(format: ", %.1f × ", time.median / to.time) + to.name)
    }
    let once = (name: "reading the rows once", time: reading)
    compared(
      "statistics", try Measure.spread(3) { _ = try bench.library.statistics() }, once)
    compared(
      "quick check", try Measure.spread(3) { _ = try bench.library.check(.quick) }, once)
    let pages = try Shell.sqlite(bench.catalog, timed: "PRAGMA integrity_check")
    compared(
      "check", Spread([try Measure.once { _ = try bench.library.check() }]),
      ("`PRAGMA integrity_check`", pages))
    var bytes = 0
    let dump = try Measure.once { try bench.library.dump { bytes += $0.count } }
    rows.append(
      (
        "dump, generations a second",
        String(
          format: "%.0f, %d MB; %.1f × reading the rows once",
          Double(bench.count) / dump * 1000, bytes >> 20, dump / reading)
      ))
  }

  /// Measures an edit of a tenth of the library, compared with the time to restore as many
  /// generations.
  private mutating func manyEdits() throws {
    let count = bench.count / 10
    let ids = (1...Int64(count)).map { GenerationID($0) }
    let restoring = bench.restoring * 1000 / Double(bench.count) * Double(count)
    func compared(_ what: String, _ milliseconds: Double) {
      add(
        "\(what) of \(count) generations", Spread([milliseconds]),
        String(format: ", %.2f × restoring as many", milliseconds / restoring))
    }
    let tags = [TagName("many")].compactMap { $0 }
    compared(
      "one tag",
      try Measure.once {
        try bench.library.edit(.tag(add: tags, remove: []), on: ids, by: "bench", at: local.now)
      })
    compared("undoing the tag", try Measure.once { _ = try bench.library.undo(at: local.now) })
    compared(
      "one rating",
      try Measure.once { try bench.library.edit(.rate(5), on: ids, by: "bench", at: local.now) })
    compared("undoing the rating", try Measure.once { _ = try bench.library.undo(at: local.now) })
  }

  private mutating func edits() throws {
    let now = local.now
    var id: Int64 = 0
    func edited(_ edit: Edit) throws -> Spread {
      try Measure.spread(21) {
        id += 7
        try bench.library.edit(edit, on: [GenerationID(id)], by: "bench", at: now)
      }
    }
    add("one rating, on disk", try edited(.rate(4)))
    let tags = [TagName("new tag")].compactMap { $0 }
    add("one tag, on disk", try edited(.tag(add: tags, remove: [])))
  }
}
