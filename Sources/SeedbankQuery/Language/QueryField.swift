import SeedbankModel

/// The names that may stand before a colon.
package enum QueryField: String, CaseIterable, Sendable {
  case tag, seed, model, size, width, height, ratio, guidance, watermark, rating, status
  case `is`, has, created, before, after, note, prompt, negative, settings, collection, search
  case parent, id, sha256, similar, format, verdict, tool, raw

  /// The field that words after the colon are looked for in, if it takes words.
  var textField: TextField? {
    switch self {
    case .note: .note
    case .prompt: .prompt
    case .negative: .negative
    case .settings: .settings
    default: nil
    }
  }

  /// What the field takes, as the end of a sentence.
  var takes: String {
    switch self {
    case .tag: "a tag's name, as in client/acme, or =NAME for that tag alone"
    case .seed: "a whole number, its first digits as in 12*, a range as in 1..100 or >=5, or none"
    case .model: "a model's name, in which * stands for any text, or none"
    case .size: "a size as in 1024x1024 or 2K, or none"
    case .width, .height: "a number of pixels or a range, as in >=1024 or 512..1024"
    case .ratio: "portrait, landscape, square or two numbers, as in 16:9"
    case .guidance: "a number or a range, as in 2.5 or 2..3.5, or none"
    case .watermark: "yes, no or none"
    case .rating: "1 to 5, a range as in >=4, or none"
    case .status: Self.list(Status.allCases.map(\.rawValue))
    case .is: Self.list(State.allCases.map(\.rawValue))
    case .has: Self.list(Part.allCases.map(\.rawValue))
    case .created, .before, .after:
      "a date as in 2026, 2026-11, 2026-11-15, today or 7d"
        + (self == .created ? ", or a range as in 2026-11-01..2026-11-15" : "")
    case .note, .prompt, .negative, .settings: "words"
    case .collection: "a collection's name"
    case .search: "the name of a saved search"
    case .parent: "a generation: its id, @last, sha256:… or the path of an image file"
    case .id: "the id of a generation or a range, as in 10..20"
    case .sha256: "the first hexadecimal digits of an image's digest"
    case .similar: "a generation or the path of an image file"
    case .format: ImageKind.list
    case .verdict: Self.list(Self.verdicts)
    case .tool: "the name of a tool, in which * stands for any text, or none"
    case .raw: "text of the metadata as a tool wrote it"
    }
  }

  /// How reproductions come out, best first.
  package static let verdicts = [
    "identical-file", "identical-pixels", "visually-identical", "near-identical",
    "locally-different", "similar-composition", "different",
  ]

  private static func list(_ words: [String]) -> String {
    words.dropLast().joined(separator: ", ") + " or " + words[words.count - 1]
  }
}
