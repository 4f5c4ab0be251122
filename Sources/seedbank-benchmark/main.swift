import Foundation
import Storage

// seedbank-benchmark [--size N]… [--export N] [--pictures N] [--folder DIR] [--seedbank PROGRAM]:
// docs/benchmarks.md and docs/export.md say what it measures.

var sizes: [Int] = []
var folder = FileManager.default.temporaryDirectory.appending(path: "seedbank-benchmark").path
var program: String?
var exported: Int?
var pictures: Int?
var arguments = CommandLine.arguments.dropFirst()
while let option = arguments.popFirst(), let value = arguments.popFirst() {
  switch option {
  case "--size": sizes.append(Int(value) ?? 0)
  case "--export": exported = Int(value)
  case "--pictures": pictures = Int(value)
  case "--folder": folder = value
  case "--seedbank": program = value
  default: break
  }
}
if sizes.isEmpty, exported == nil, pictures == nil {
  sizes = [10_000, 100_000, 1_000_000]
  pictures = 64
}

for size in sizes where size > 0 {
  let bench = try BenchLibrary(folder, count: size)
  print("\n## \(size) generations\n\n| what | measured |\n| --- | --- |")
  for row in try Figures(bench, program: program).rows {
    print("| \(row.what) | \(row.measured) |")
  }
}

if let exported, exported > 0 {
  print("\n## Export of \(exported) images\n\n| what | measured |\n| --- | --- |")
  for row in try await ExportFigures(folder + "/export", count: exported).rows() {
    print("| \(row.what) | \(row.measured) |")
  }
}

if let pictures, pictures > 0 {
  print("\n## \(pictures) pictures\n\n| what | measured |\n| --- | --- |")
  for row in try PictureFigures(folder + "/pictures", count: pictures).rows() {
    print("| \(row.what) | \(row.measured) |")
  }
}
