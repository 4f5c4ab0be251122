import SeedbankModel
import SeedbankStorage

/// Statistics as text with small charts, and as JSON.
struct StatisticsText {
  let statistics: LibraryStatistics
  let style: Style
  /// The columns of the terminal; nil draws bars of the default length.
  var columns: Int?

  var text: String {
    let counts: [(String, String)] = [
      ("generations", "\(statistics.generations)"),
      ("in the trash", "\(statistics.inTrash)"),
      ("prompts", "\(statistics.prompts)"),
      ("reproductions", "\(statistics.reproductions)"),
      ("favorites", "\(statistics.favorites)"),
      ("tags", "\(statistics.tags)"),
      ("collections", "\(statistics.collections)"),
      ("image files", "\(statistics.files), \(ByteCount.text(statistics.fileBytes))"),
      ("missing files", "\(statistics.missingFiles)"),
      ("files on a remote only", "\(statistics.remoteFiles)"),
      ("catalog", ByteCount.text(statistics.catalogBytes)),
      ("tokens", "\(statistics.tokens)"),
      ("cost", Self.cost(statistics.cost) ?? "not known"),
    ]
    let width = counts.map(\.0.count).max() ?? 0
    let facts = counts.map { name, value in
      style.faint(name + String(repeating: " ", count: width - name.count + 2)) + value
    }.joined(separator: "\n")
    let charts = [
      chart(
        "Status",
        Status.allCases.compactMap { status in
          statistics.byStatus[status].map { (status.rawValue, $0) }
        }),
      chart(
        "Rating",
        (1...5).reversed().compactMap { stars in
          statistics.byRating[stars].map { (String(repeating: "*", count: stars), $0) }
        }),
      chart("Model", statistics.models),
      chart("Month", statistics.months.suffix(24)),
      chart("Provider", statistics.providers),
      chart("Tag", statistics.topTags.prefix(20).map { ($0.name, $0.generations) }),
    ]
    return facts + "\n" + charts.joined()
  }

  /// Amounts by currency; nil if there are none.
  private static func cost(_ amounts: [String: MoneyAmount]) -> String? {
    guard !amounts.isEmpty else { return nil }
    return amounts.sorted { $0.key < $1.key }.map { currency, amount in
      currency.isEmpty ? amount.description : "\(amount) \(SafeText.line(currency))"
    }.joined(separator: ", ")
  }

  private func chart(_ title: String, _ groups: some Sequence<LibraryStatistics.Group>) -> String {
    let groups = Array(groups)
    return chart(
      title, groups.map { ($0.name, $0.generations) }, notes: groups.map { Self.cost($0.cost) })
  }

  /// A bar for each row, in proportion to the largest value.
  ///
  /// - Parameter notes: text after the numbers.
  private func chart(
    _ title: String, _ rows: [(name: String, count: Int)], notes: [String?] = []
  ) -> String {
    let largest = rows.map(\.count).max() ?? 0
    guard largest > 0 else { return "" }
    let names = rows.map { $0.name.isEmpty ? "not known" : SafeText.line($0.name) }
    let widest = names.map { DisplayWidth.of($0) }.max() ?? 0
    let width = columns.map { min(widest, max($0 / 2 - 2, 8)) } ?? widest
    // Two spaces before the name, two after it, one before the number.
    let room = columns.map { $0 - width - 5 - "\(largest)".count } ?? 30
    let lines = zip(names, rows).enumerated().map { index, pair in
      let (label, row) = pair
      let note = index < notes.count ? notes[index].map { "  " + style.faint($0) } ?? "" : ""
      let name = TextTable.cut(label, to: width).text
      let eighths = max(1, row.count * 8 * min(max(room, 1), 30) / largest)
      let tail = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
      let bar = String(repeating: "█", count: eighths / 8) + tail
      let gap = String(repeating: " ", count: width - DisplayWidth.of(name))
      return "  \(name)\(gap)  \(bar) \(row.count)\(note)\n"
    }
    return "\n" + style.underlined(title) + "\n" + lines.joined()
  }

  var json: String {
    var writer = JSONWriter()
    writer.object { object in
      object.member("generations", statistics.generations)
      object.member("trashed", statistics.inTrash)
      object.member("prompts", statistics.prompts)
      object.member("reproductions", statistics.reproductions)
      object.member("favorites", statistics.favorites)
      object.member("tags", statistics.tags)
      object.member("collections", statistics.collections)
      object.member("images", statistics.images)
      object.member("files", statistics.files)
      object.member("bytes", statistics.fileBytes)
      object.member("missing_files", statistics.missingFiles)
      object.member("remote_files", statistics.remoteFiles)
      object.member("catalog_bytes", statistics.catalogBytes)
      object.member("tokens", statistics.tokens)
      write(statistics.cost, to: &object)
      object.key("by_status")
      object.object { counts in
        for status in Status.allCases {
          counts.member(status.rawValue, statistics.byStatus[status] ?? 0)
        }
      }
      object.key("by_rating")
      object.object { counts in
        for stars in 1...5 { counts.member("\(stars)", statistics.byRating[stars] ?? 0) }
      }
      groups("by_model", statistics.models, &object)
      groups("by_month", statistics.months, &object)
      groups("by_provider", statistics.providers, &object)
      groups("by_tag", statistics.topTags, &object)
    }
    return writer.text + "\n"
  }

  /// Writes amounts by currency.
  private func write(_ cost: [String: MoneyAmount], to object: inout JSONWriter) {
    object.key("cost")
    object.object { amounts in
      for (currency, amount) in cost.sorted(by: { $0.key < $1.key }) {
        amounts.member(currency, raw: amount.description)
      }
    }
  }

  private func groups(
    _ name: String, _ groups: [LibraryStatistics.Group], _ object: inout JSONWriter
  ) {
    object.key(name)
    object.array { array in
      for group in groups {
        array.object { entry in
          entry.member("name", group.name)
          entry.member("generations", group.generations)
          entry.member("images", group.images)
          entry.member("bytes", group.bytes)
          entry.member("tokens", group.tokens)
          write(group.cost, to: &entry)
        }
      }
    }
  }
}
