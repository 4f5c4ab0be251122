public import SeedbankModel
import SeedbankQuery

/// The differences between two generations.
public struct GenerationDifference: Hashable, Sendable {
  /// A field with two different values.
  public struct Field: Hashable, Sendable {
    /// The name in the record, such as `model` or `guidance_scale`.
    public let name: String
    /// The value before; nil if there was none.
    public let before: String?
    /// The value after; nil if there is none.
    public let after: String?
  }

  /// A piece of a prompt.
  public enum Piece: Hashable, Sendable {
    case kept(String)
    case removed(String)
    case added(String)
  }

  /// The fields that differ, in the order of the record.
  public let fields: [Field]
  /// The differences of the prompt, word by word; one kept piece if nothing changed.
  public let prompt: [Piece]

  /// Compares two generations field by field.
  public init(from before: Generation, to after: Generation) {
    let values = [before, after].map(Self.values)
    fields = zip(values[0], values[1]).compactMap { old, new in
      old.value == new.value ? nil : Field(name: old.name, before: old.value, after: new.value)
    }
    prompt = TextDifference.pieces(from: before.prompt, to: after.prompt)
  }

  private static func values(_ generation: Generation) -> [(name: String, value: String?)] {
    let content = GenerationContent(generation)
    let values = RecordMember.all.flatMap { member -> [(name: String, value: String?)] in
      switch member {
      case .field(let field):
        return field.isInDifferences ? [(field.name, field.text(content))] : []
      case .other(.status): return [(member.name, generation.status.rawValue)]
      case .other(.tags):
        let tags = generation.tags.joined(separator: ", ")
        return [(member.name, tags.isEmpty ? nil : tags)]
      case .other(.references):
        let digests = generation.references.map(\.digest.hex).joined(separator: ", ")
        return [(member.name, digests.isEmpty ? nil : digests)]
      case .other: return []
      }
    }
    return values + [("settings", generation.provenance?.settings)]
  }
}

/// The difference of two texts, word by word.
enum TextDifference {
  /// Returns the removed, added and kept pieces.
  ///
  /// The pieces without the added ones form the first text. The pieces without the removed ones
  /// form the second text.
  static func pieces(from before: String, to after: String) -> [GenerationDifference.Piece] {
    let old = words(before)
    let new = words(after)
    // The running time grows with the square of the number of differences.
    guard old.count + new.count <= 8_000 else {
      return before == after ? [.kept(after)] : [.removed(before), .added(after)]
    }
    let difference = new.difference(from: old)
    var removed: Set<Int> = []
    var added: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var pieces: [GenerationDifference.Piece] = []
    var (first, second) = (0, 0)
    while first < old.count || second < new.count {
      if removed.contains(first), first < old.count {
        append(.removed(old[first]), to: &pieces)
        first += 1
      } else if added.contains(second), second < new.count {
        append(.added(new[second]), to: &pieces)
        second += 1
      } else {
        append(.kept(new[second]), to: &pieces)
        first += 1
        second += 1
      }
    }
    return pieces
  }

  /// Returns the words and the separators between them, each as one element.
  ///
  /// Chinese, Japanese and Korean text is split into characters.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var lastKind: Kind?
    for character in text {
      let kind = Kind(character)
      if kind == lastKind, kind != .single {
        words[words.count - 1].append(character)
      } else {
        words.append(String(character))
      }
      lastKind = kind
    }
    return words
  }

  private enum Kind {
    case word, space, single

    init(_ character: Character) {
      let scalar = character.unicodeScalars.first?.value ?? 0
      if character.isWhitespace {
        self = .space
      } else if scalar >= 0x80, ScalarFolding.shared[scalar].kind == .unspaced {
        self = .single
      } else {
        self = character.isLetter || character.isNumber ? .word : .single
      }
    }
  }

  private static func append(
    _ piece: GenerationDifference.Piece, to pieces: inout [GenerationDifference.Piece]
  ) {
    switch (pieces.last, piece) {
    case (.kept(let text)?, .kept(let more)): pieces[pieces.count - 1] = .kept(text + more)
    case (.removed(let text)?, .removed(let more)): pieces[pieces.count - 1] = .removed(text + more)
    case (.added(let text)?, .added(let more)): pieces[pieces.count - 1] = .added(text + more)
    default: pieces.append(piece)
    }
  }
}
