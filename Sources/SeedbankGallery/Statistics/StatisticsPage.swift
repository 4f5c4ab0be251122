import SeedbankModel
public import SeedbankStorage

/// Statistics of a library as one web page without a script, fonts or network access.
public enum StatisticsPage {
  /// The start of the page, by which a later run recognizes it.
  public static let marker =
    "<!doctype html>\n<!-- Statistics of a Seedbank library, written by `seedbank stats --html`. -->\n"

  /// The page.
  ///
  /// - Parameters:
  ///   - statistics: the values. Names in it are text, never markup.
  ///   - time: their time, as shown on the page.
  public static func html(_ statistics: LibraryStatistics, takenAt time: String) -> String {
    let style = StatisticsStyle.text
    let policy =
      "default-src 'none'; style-src \(PageAssets.source(allowing: style)); base-uri 'none'; "
      + "form-action 'none'"
    return marker + """
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <title>Seedbank library, \(Markup.escaped(time))</title>
      <style>\(style)</style>
      </head>
      <body>
      <header>
      <h1>Seedbank library</h1>
      <p>as of \(Markup.escaped(time))</p>
      </header>
      <main>
      \(tiles(statistics))
      \(columns(statistics).joined(separator: "\n"))
      <div class="columns">
      \(bars(statistics).map(\.html).joined(separator: "\n"))
      </div>
      </main>
      </body>
      </html>

      """
  }

  private static func tiles(_ statistics: LibraryStatistics) -> String {
    var tiles = [
      ("generations", Quantity.count(statistics.generations)),
      ("images", Quantity.count(statistics.images)),
      (
        "in \(Quantity.counted(statistics.files, "file", "files"))",
        Quantity.bytes(statistics.fileBytes)
      ),
      ("tokens", Quantity.short(Double(statistics.tokens))),
      ("prompts", Quantity.count(statistics.prompts)),
      ("tags", Quantity.count(statistics.tags)),
      ("favorites", Quantity.count(statistics.favorites)),
      ("reproductions", Quantity.count(statistics.reproductions)),
    ]
    for currency in currencies(statistics) {
      let cost = Quantity.money(hundredths: hundredths(statistics.cost, currency))
      tiles.append((currency.isEmpty ? "cost" : "cost in \(currency)", cost))
    }
    let html = tiles.map { "<div><dd>\($0.1)</dd><dt>\(Markup.escaped($0.0))</dt></div>" }
    return "<dl class=\"tiles\">\(html.joined())</dl>" + asides(statistics)
  }

  private static func currencies(_ statistics: LibraryStatistics) -> [String] {
    statistics.cost.filter { $0.value.microunits > 0 }.keys.sorted()
  }

  private static func hundredths(_ cost: [String: MoneyAmount], _ currency: String) -> Double {
    Double(cost[currency]?.microunits ?? 0) / 10_000
  }

  /// Values that are shown only if they are not 0.
  private static func asides(_ statistics: LibraryStatistics) -> String {
    var words = ["The catalog takes \(Quantity.bytes(statistics.catalogBytes))."]
    if statistics.inTrash > 0 {
      words.append(
        Quantity.counted(
          statistics.inTrash, "generation in the trash is not counted.",
          "generations in the trash are not counted."))
    }
    if statistics.missingFiles > 0 {
      words.append(
        Quantity.counted(
          statistics.missingFiles, "image file is missing.", "image files are missing."))
    }
    if statistics.remoteFiles > 0 {
      words.append(
        Quantity.counted(
          statistics.remoteFiles, "image file is on a remote only.",
          "image files are on a remote only."))
    }
    if !currencies(statistics).isEmpty { words.append("Costs are partly estimates.") }
    return "\n<p class=\"aside\">\(words.joined(separator: " "))</p>"
  }

  private static func columns(_ statistics: LibraryStatistics) -> [String] {
    let months = MonthSeries(statistics.months)
    let costs = currencies(statistics).map { currency in
      months.chart(
        currency.isEmpty ? "Cost a month" : "Cost in \(currency) a month", kind: "bytes",
        format: Quantity.money(hundredths:)
      ) { hundredths($0.cost, currency) }
    }
    let counts = [
      months.chart("Generations a month", kind: "count") { Double($0.generations) },
      months.chart("Image bytes a month", kind: "bytes", format: Quantity.bytes) {
        Double($0.bytes)
      },
      months.chart("Tokens a month", kind: "tokens") { Double($0.tokens) },
    ]
    return (counts + costs).filter { !$0.isEmpty }
  }

  private static func bars(_ statistics: LibraryStatistics) -> [BarTable] {
    let models = statistics.models.map { ($0.name.isEmpty ? "not known" : $0.name, $0.generations) }
    let statuses = Status.allCases.compactMap { status in
      statistics.byStatus[status].map { (status.rawValue, $0) }
    }
    let providers = statistics.providers.map {
      ($0.name.isEmpty ? "none (imported)" : $0.name, $0.generations)
    }
    let tags = statistics.topTags.map { ($0.name, $0.generations) }
    return [
      BarTable("Models", kind: "count", rows: models),
      BarTable("Providers", kind: "tokens", rows: providers),
      BarTable("Ratings", kind: "bytes", rows: ratings(statistics)),
      BarTable("Status", kind: "count", rows: statuses),
      BarTable("Tags", kind: "tokens", rows: tags),
    ].filter { !$0.html.isEmpty }
  }

  private static func ratings(_ statistics: LibraryStatistics) -> [(String, Int)] {
    // Unrated generations would make all other bars too small.
    (1...5).reversed().map { count in
      (String(repeating: "★", count: count), statistics.byRating[count] ?? 0)
    }
  }
}
