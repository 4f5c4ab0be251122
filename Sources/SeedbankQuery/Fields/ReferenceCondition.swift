package import SeedbankModel

/// `reference:` and an image that requests refer to.
package struct ReferenceCondition: RowCondition {
  package static let name = "reference"
  package static let takes =
    "an image: sha256:…, the id of a generation, @last or the path of a file"
  package static let completion = FieldCompletion.words(["@last"])

  /// Which image it is.
  package enum Image: Hashable, Sendable {
    /// The first hexadecimal digits of its digest.
    case digest(String)
    /// The images of a generation, or the digest of a file.
    case digests(Set<Digest>)
    /// A name that `Library.resolved` must replace.
    case named(Reference, text: String)
  }

  package let image: Image

  package init?(_ value: String, isQuoted: Bool) {
    guard !value.isEmpty else { return nil }
    let reference = Reference(value)
    image =
      if case .digest(let digits) = reference { .digest(digits) } else {
        .named(reference, text: value)
      }
  }

  /// The condition for images with these digests.
  package init(_ digests: Set<Digest>) { image = .digests(digests) }

  /// The name that `Library.resolved` must replace; nil if the digests are known.
  package var unresolvedName: String? {
    if case .named(_, let text) = image { text } else { nil }
  }

  package var text: String {
    switch image {
    case .digest(let digits): "sha256:" + digits
    case .digests(let digests): digests.map { "sha256:" + $0.hex }.min() ?? "sha256:"
    case .named(_, let text): Condition.typed(text)
    }
  }

  package func matches(_ record: SearchableRecord) -> Bool {
    record.generation.references.contains { reference in
      switch image {
      case .digest(let digits): reference.digest.hex.hasPrefix(digits)
      case .digests(let digests): digests.contains(reference.digest)
      case .named: false
      }
    }
  }
}
