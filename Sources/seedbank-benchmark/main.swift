import Foundation
import SeedbankStorage

// seedbank-benchmark [--size N]… [--export N] [--import N] [--pictures N]
//   [--page N --browser SCRIPT] [--folder DIR] [--seedbank PROGRAM]
// docs/benchmarks.md describes the measurements. Without any of the first five options, all are made.

var sizes: [Int] = []
var folder = FileManager.default.temporaryDirectory.appending(path: "seedbank-benchmark").path
var program: String?
var exported: Int?
var imported: Int?
var pictures: Int?
var pages: [Int] = []
var browser: String?
var arguments = CommandLine.arguments.dropFirst()
while let option = arguments.popFirst(), let value = arguments.popFirst() {
  switch option {
  case "--size": sizes.append(Int(value) ?? 0)
  case "--export": exported = Int(value)
  case "--import": imported = Int(value)
  case "--pictures": pictures = Int(value)
  case "--page": pages.append(Int(value) ?? 0)
  case "--browser": browser = value
  case "--folder": folder = value
  case "--seedbank": program = value
  default: break
  }
}
if sizes.isEmpty, exported == nil, imported == nil, pictures == nil, pages.isEmpty {
  sizes = [10_000, 100_000, 1_000_000]
  (exported, imported, pictures) = (10_000, 10_000, 64)
  pages = [5000, 50_000]
}

/// Prints a table of figures.
func table(_ title: String, _ rows: [Figure]) {
  print("\n## \(title)\n\n| what | measured |\n| --- | --- |")
  for row in rows { print("| \(row.what) | \(row.measured) |") }
}

for size in sizes where size > 0 {
  let bench = try BenchLibrary(folder, count: size)
  table("\(size) generations", try Figures(bench).rows)
  if let program {
    table("Whole processes at \(size) generations", try ProcessFigures(program, bench).rows)
  }
}
if let exported, exported > 0 {
  let figures = try ExportFigures(folder + "/export", count: exported)
  table("Export of \(exported) images", try await figures.rows())
}
if let imported, imported > 0 {
  let figures = try ImportFigures(folder + "/import", count: imported)
  table("Import of \(imported) images", try await figures.rows())
}
if let pictures, pictures > 0 {
  let figures = try PictureFigures(folder + "/pictures", count: pictures)
  table("\(pictures) images", try figures.rows())
}
if let browser, !pages.isEmpty {
  var rows: [Figure] = []
  for count in pages where count > 0 {
    let page = try await PageFigures(folder + "/page", count: count)
    rows.append((what: "\(count) images", measured: try page.row(script: browser)))
  }
  table("A gallery in headless Chromium", rows)
}
