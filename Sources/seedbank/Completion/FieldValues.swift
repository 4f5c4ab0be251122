import SeedbankModel
import SeedbankStorage

/// What the fields of a query take, as far as it can be listed.
struct FieldValues {
  let library: Library?

  /// The fields that people use most.
  static let names = [
    "tag:", "seed:", "model:", "size:", "width:", "height:", "ratio:", "guidance:", "watermark:",
    "rating:", "status:", "is:", "has:", "created:", "note:", "prompt:", "collection:", "search:",
    "parent:", "id:", "sha256:", "similar:", "format:", "verdict:", "tool:", "raw:",
  ]

  static let fixed: [String: [String]] = [
    "ratio": ["portrait", "landscape", "square", "16:9"],
    "watermark": ["yes", "no", "none"],
    "rating": ["1", "2", "3", "4", "5", "4..", "none"],
    "status": Status.allCases.map(\.rawValue),
    "is": [
      "favorite", "complete", "pending", "held", "failed", "unknown", "lost", "missing",
      "reproduction",
      "reproduced",
    ],
    "has": ["note", "tag", "image", "prompt"],
    "created": ["today", "yesterday", "7d", "30d"],
    "format": ["jpeg", "png", "webp"],
    "similar": ["@last"],
    "verdict": [
      "identical-file", "identical-pixels", "visually-identical", "near-identical",
      "locally-different", "similar-composition", "different",
    ],
  ]

  func of(_ field: String) -> [String] {
    if let fixed = Self.fixed[field] { return fixed }
    guard let library else { return [] }
    do {
      switch field {
      case "tag": return try library.values(of: .tag).map(\.value)
      case "model": return try library.values(of: .model).map(\.value)
      case "size": return try library.values(of: .size).map(\.value)
      case "tool": return try library.tools() + ["none"]
      case "search": return try library.savedSearches().map(\.name)
      case "collection": return try library.collections().map(\.name)
      default: return []
      }
    } catch {
      // Errors of the library are not shown while a word is completed.
      return []
    }
  }
}
