import SeedbankModel

/// The names of the files that an export writes beside the images.
enum ExportLayout {
  static let record = ".seedbank-export.jsonl"
  static let page = "index.html"
  static let manifestLines = "manifest.jsonl"
  static let manifestTable = "manifest.csv"
  static let thumbnails = "thumbnails"
  /// The images that requests refer to.
  static let references = "references"

  /// Endings of files that an export writes.
  ///
  /// No folder has such an ending, so folders and files never have the same name.
  static let endings =
    ImageKind.allCases.map { "." + $0.fileExtension }
    + [".bin", ".html", ".jsonl", ".csv", ".json", ".xmp"]

  /// `contact-sheet-001.jpg`.
  static func contactSheet(_ number: Int, ending: String) -> RelativePath {
    RelativePath(parts: ["\(contactSheetPrefix)\(TimePattern.padded(number, 3)).\(ending)"])
  }

  /// The name of the sidecar with an image's metadata.
  static func sidecar(of image: RelativePath) -> RelativePath {
    RelativePath(parts: [image.description + ".xmp"])
  }

  private static let contactSheetPrefix = "contact-sheet-"

  /// Whether a file in the folder of the export has the name of a contact sheet.
  static func isContactSheet(_ name: some Collection<UInt8>) -> Bool {
    guard name.starts(with: contactSheetPrefix.utf8) else { return false }
    let rest = name.dropFirst(contactSheetPrefix.utf8.count)
    let digits = rest.prefix { $0.isASCIIDigit }
    let ending = rest.dropFirst(digits.count)
    return digits.count >= 3
      && (ending.elementsEqual(".jpg".utf8) || ending.elementsEqual(".png".utf8))
  }

  /// `references/abcdef….png`: the name is the digest, so that an import finds the file.
  static func reference(_ reference: ReferenceImage) -> RelativePath {
    RelativePath(parts: [references, "\(reference.digest.hex).\(reference.format)"])
  }

  static func thumbnail(_ hex: String, longSide: Int) -> RelativePath {
    RelativePath(parts: [
      thumbnails, String(hex.prefix(2)), "\(hex.prefix(thumbnailDigits))-\(longSide).jpg",
    ])
  }

  private static let thumbnailDigits = 24

  /// Whether a path in the folder of the export has the form that `thumbnail` returns.
  static func isThumbnail(_ path: some Collection<UInt8>) -> Bool {
    let parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].elementsEqual(thumbnails.utf8) else { return false }
    let letters = UInt8(ascii: "a")...UInt8(ascii: "f")
    let hex = parts[2].prefix { $0.isASCIIDigit || letters.contains($0) }
    let rest = parts[2].dropFirst(hex.count)
    let side = rest.dropFirst().prefix { $0.isASCIIDigit }
    return hex.count == thumbnailDigits && hex.prefix(2).elementsEqual(parts[1])
      && rest.first == UInt8(ascii: "-") && !side.isEmpty
      && rest.dropFirst(1 + side.count).elementsEqual(".jpg".utf8)
  }
}
