/// The subscription key: a value that is sent and never shown.
///
/// No description, debug description or reflection of it, or of anything that holds it, has its
/// characters in it.
public struct APIKey: Sendable, Hashable {
  /// The characters, for the one header that carries them.
  let value: String
  /// Finds the key in replies, in every form.
  let finder: KeyFinder
  /// Finds it in links, in the forms from which they can be restored.
  let linkFinder: KeyFinder

  /// Takes a key as it will stand in a header; line ends around it are dropped, since key files end
  /// with one.
  ///
  /// - Throws: ``APIKeyError`` when it is empty, or holds what a header must not carry.
  public init(_ text: String) throws(APIKeyError) {
    let trimmed = text.drop { $0.isNewline }
    let end = trimmed.lastIndex { !$0.isNewline }
    guard let end else { throw .empty }
    let value = trimmed[...end]
    guard value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .unprintable }
    guard value.utf8.count <= Self.lengthLimit else { throw .tooLong }
    self.value = String(value)
    finder = KeyFinder(Array(value.utf8), KeyPattern.all)
    linkFinder = KeyFinder(Array(value.utf8), KeyPattern.restorable)
  }

  /// Keys are short; a larger file is the wrong file.
  static let lengthLimit = 4096
}

/// Why a text is no key. It never says what the text was.
public enum APIKeyError: Error, Equatable, Sendable {
  case empty
  /// White space, a control character or one beyond ASCII is in it.
  case unprintable
  case tooLong
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// A placeholder, never the key.
  public var description: String { "(key)" }
  /// A placeholder, never the key.
  public var debugDescription: String { "(key)" }
  /// An empty mirror, so that no dump prints the key.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension APIKey {
  /// Whether two keys are equal.
  public static func == (left: APIKey, right: APIKey) -> Bool { left.value == right.value }

  /// Adds the key to a hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
