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
  static let endings = [".jpg", ".png", ".webp", ".html", ".jsonl", ".csv", ".json", ".xmp"]

  /// `contact-sheet-001.jpg`.
  static func contactSheet(_ number: Int, ending: String) -> RelativePath {
    RelativePath(parts: ["\(contactSheetPrefix)\(TimePattern.padded(number, 3)).\(ending)"])
  }

  /// The name of the sidecar with an image's metadata.
  static func sidecar(of image: RelativePath) -> RelativePath {
    RelativePath(parts: [image.description + ".xmp"])
  }

  static let contactSheetPrefix = "contact-sheet-"

  /// `references/abcdef….png`: the name is the digest, so that an import finds the file.
  static func reference(_ reference: ReferenceImage) -> RelativePath {
    RelativePath(parts: [references, "\(reference.digest.hex).\(reference.format)"])
  }

  static func thumbnail(_ hex: String, longSide: Int) -> RelativePath {
    RelativePath(parts: [thumbnails, String(hex.prefix(2)), "\(hex.prefix(24))-\(longSide).jpg"])
  }
}
