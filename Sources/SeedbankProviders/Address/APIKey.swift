/// The API key.
///
/// It is sent, but never shown.
///
/// Its description, debug description and mirror never contain its characters. This is also true for
/// values that contain it.
public struct APIKey: Sendable, Hashable {
  /// The characters, for the header that contains the key.
  let value: String
  /// Finds the key in replies, in every form.
  let finder: KeySearch
  /// Finds the key in links, in the forms from which links can be restored.
  let linkFinder: KeySearch

  /// Makes a key for a header.
  ///
  /// Surrounding line ends are removed, because key files end with one.
  ///
  /// - Throws: ``APIKeyError`` if it is empty or contains characters that are not allowed in a header.
  public init(_ text: String) throws(APIKeyError) {
    let trimmed = text.drop { $0.isNewline }
    let end = trimmed.lastIndex { !$0.isNewline }
    guard let end else { throw .empty }
    let value = trimmed[...end]
    guard value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .unprintable }
    guard value.utf8.count <= Self.lengthLimit else { throw .tooLong }
    self.value = String(value)
    finder = KeySearch(Array(value.utf8), KeyPattern.all)
    linkFinder = KeySearch(Array(value.utf8), KeyPattern.restorable)
  }

  /// The largest key, in bytes.
  ///
  /// A larger file is the wrong file.
  static let lengthLimit = 4096
}

/// Why a text is not a key.
///
/// It never contains the text.
public enum APIKeyError: Error, Equatable, Sendable {
  case empty
  /// It contains white space, a control character or a non-ASCII character.
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
