import Foundation
import Testing

@testable import SeedbankGallery
@testable import SeedbankModel
@testable import SeedbankStorage

@Suite("The page of statistics")
struct StatisticsPageTests {
  private func group(_ name: String, _ count: Int) -> LibraryStatistics.Group {
    LibraryStatistics.Group(
      name: name, generations: count, images: count, bytes: Int64(count) * 90_000,
      tokens: Int64(count) * 4096)
  }

  private func sample() -> LibraryStatistics {
    var statistics = LibraryStatistics()
    statistics.generations = 12_345
    statistics.byStatus = [.complete: 12_000, .failed: 345]
    statistics.byRating = [5: 40, 3: 200]
    statistics.models = [group("seedream-3-0-t2i-250415", 9000), group("", 3345)]
    statistics.months = [group("2026-08", 4000), group("2026-11", 8345)]
    statistics.topTags = [group("coast", 500), group("client/acme", 20)]
    return statistics
  }

  @Test("the page is well-formed, and every chart is on it")
  func whole() throws {
    let page = StatisticsPage.html(sample(), takenAt: "2026-11-23 09:00")
    #expect(page.hasPrefix(StatisticsPage.marker))
    for title in [
      "Generations a month", "Image bytes a month", "Tokens a month", "Models", "Tags", "Ratings",
      "Status",
    ] {
      #expect(page.contains("<h2>\(title)</h2>"))
    }
    #expect(page.contains("<dd>12,345</dd><dt>generations</dt>"))
    #expect(page.contains("<title>2026-09: 0</title>"), "a month without any is shown too")
    try expectBalanced(page)
  }

  @Test("the cost is shown in each currency, as a sum and by month")
  func cost() throws {
    var statistics = sample()
    statistics.cost = [
      "USD": MoneyAmount(microunits: 1_234_050_000), "<b>": MoneyAmount(microunits: 500_000),
    ]
    statistics.months[1].cost = ["USD": MoneyAmount(microunits: 90_000)]
    let page = StatisticsPage.html(statistics, takenAt: "now")
    #expect(page.contains("<dd>1,234.05</dd><dt>cost in USD</dt>"))
    #expect(page.contains("<dd>0.50</dd><dt>cost in &lt;b&gt;</dt>"))
    #expect(page.contains("<h2>Cost in USD a month</h2>") && page.contains("2026-11: 0.09"))
    #expect(!page.contains("<h2>Cost in &lt;"), "no month has a cost in this currency")
    try expectBalanced(page)
  }

  @Test("one file is named in the singular")
  func singular() {
    var statistics = LibraryStatistics()
    statistics.files = 1
    statistics.inTrash = 1
    statistics.missingFiles = 1
    statistics.remoteFiles = 1
    let one = StatisticsPage.html(statistics, takenAt: "now")
    #expect(one.contains("<dt>in 1 file</dt>"))
    #expect(one.contains(" 1 generation in the trash is not counted. 1 image file is missing. "))
    #expect(one.contains(" 1 image file is on a remote only."))
    statistics.missingFiles = 1_200
    let many = StatisticsPage.html(statistics, takenAt: "now")
    #expect(many.contains(" 1,200 image files are missing."))
  }

  @Test("an empty library has a page too, without charts")
  func empty() throws {
    let page = StatisticsPage.html(LibraryStatistics(), takenAt: "now")
    #expect(!page.contains("<section"))
    try expectBalanced(page)
  }

  @Test(
    "names are text, never markup",
    arguments: ["<script>alert(1)</script>", "\"><img src=x>", "a&b'c", "<\u{338}x", "</style>"])
  func escaping(name: String) throws {
    var statistics = sample()
    statistics.topTags = [group(name, 3)]
    statistics.models = [group(name, 3)]
    let page = StatisticsPage.html(statistics, takenAt: name)
    // Scalars are compared, because for Swift `<` with a combining mark is another character.
    let left = String(String.UnicodeScalarView(page.unicodeScalars.filter { $0.value < 0x80 }))
    #expect(!left.contains("<script") && !left.contains("<img") && !left.contains("<x"))
    try expectBalanced(page)
  }

  @Test("labels of charts keep their size in a narrow window, where fewer are shown")
  func narrowCharts() {
    var statistics = sample()
    statistics.months = (1...12).map { group("2026-\($0 < 10 ? "0" : "")\($0)", $0) }
    let page = StatisticsPage.html(statistics, takenAt: "now")
    #expect(!page.contains("viewBox"), "a scaled chart scales its text")
    let first = page.firstRange(of: "class=\"columns\"")?.lowerBound ?? page.startIndex
    let chart = page[first...].components(separatedBy: "</svg>")[0]
    #expect(chart.components(separatedBy: "class=\"middle\"").count - 1 == 3)
    #expect(chart.components(separatedBy: "class=\"middle wide-only\"").count - 1 == 3)
  }

  @Test("the policy allows only the style: nothing is loaded and no script runs")
  func policy() throws {
    let page = StatisticsPage.html(sample(), takenAt: "now")
    let style = try #require(page.firstRange(of: "<style>")).upperBound
    let end = try #require(page.firstRange(of: "</style>")).lowerBound
    let digest = Data(Digest(of: page[style..<end].utf8).bytes).base64EncodedString()
    #expect(page.contains("default-src 'none'; style-src 'sha256-\(digest)'"))
    #expect(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"))
    #expect(!page.contains("url(") && !page.contains("style="))
  }

  @Test("months have no gaps, and three years of them are enough")
  func months() {
    let names = MonthSeries([group("2025-11", 1), group("2026-02", 1)]).months.map(\.name)
    #expect(names == ["2025-11", "2025-12", "2026-01", "2026-02"])
    let long = MonthSeries([group("1999-01", 1), group("2026-11", 1)]).months
    #expect(long.count == 36 && long.first?.name == "2023-12" && long.last?.name == "2026-11")
    #expect(MonthSeries([group("", 1), group("2026-13", 2), group("x-y", 3)]).months.isEmpty)
  }

  @Test("axis values are round, start at 0 and end above the largest value")
  func scale() {
    #expect(Scale(upTo: 1).marks == [0, 1])
    #expect(Scale(upTo: 7).marks == [0, 2, 4, 6, 8])
    #expect(Scale(upTo: 9_600_000).marks == [0, 5_000_000, 10_000_000])
    for exponent in 0..<60 {
      let largest = pow(1.7, Double(exponent))
      let scale = Scale(upTo: largest)
      #expect(scale.top >= largest && scale.marks.count <= 6, "\(largest)")
    }
  }

  @Test("numbers are short and exact enough")
  func quantities() {
    #expect([0, 999, 1000, 1_234_567].map(Quantity.count) == ["0", "999", "1,000", "1,234,567"])
    #expect(
      [0, 999, 1000, 1240, 12_400, 999_499, 999_950].map { Quantity.short($0) }
        == ["0", "999", "1k", "1.2k", "12k", "999k", "1M"])
    #expect(Quantity.bytes(1_500_000_000 as Int64) == "1.5 GB")
  }

  /// Expects that every element is closed, in the right order.
  private func expectBalanced(_ page: String) throws {
    let empty: Set<Substring> = ["meta", "rect", "line"]
    var open: [Substring] = []
    for match in page.dropFirst(StatisticsPage.marker.count).matches(of: /<(\/?)([a-z0-9]+)[^>]*>/)
    {
      if empty.contains(match.2) { continue }
      if match.1.isEmpty {
        open.append(match.2)
      } else {
        #expect(open.popLast() == match.2)
      }
    }
    #expect(open.isEmpty)
  }
}
