public import SeedbankModel

/// A field that people edit: history entries change it, and merges compare it.
public enum EditField: Hashable, Comparable, Sendable, CustomStringConvertible {
  // Of a generation:
  case rating
  case note
  case favorite
  case trashed
  /// A person restored the generation after it was permanently deleted.
  ///
  /// This field has a time stamp but no value.
  case revived
  /// The metadata that another tool recorded for an imported image, and the tool's own text.
  case metadata
  case rawMetadata
  // Whether a generation has the tag or is in the collection; for the library, whether the tag or
  // the collection exists.
  case tag(TagName)
  case collection(String)
  // Of the library:
  case search(String)
  /// A generation was permanently deleted.
  case erased(UID)

  /// The name in the catalog and in dumps: `rating`, `tag/client/acme`, `collection/Best of May`.
  public var description: String {
    switch self {
    case .rating: "rating"
    case .note: "note"
    case .favorite: "favorite"
    case .trashed: "trashed"
    case .revived: "revived"
    case .metadata: "metadata"
    case .rawMetadata: "metadata_raw"
    case .tag(let name): "tag/\(name)"
    case .collection(let name): "collection/\(name)"
    case .search(let name): "search/\(name)"
    case .erased(let uid): "erased/\(uid)"
    }
  }

  /// Reads the name of a field; nil if no field has it.
  public init?(_ text: some StringProtocol) {
    switch text {
    case "rating": self = .rating
    case "note": self = .note
    case "favorite": self = .favorite
    case "trashed": self = .trashed
    case "revived": self = .revived
    case "metadata": self = .metadata
    case "metadata_raw": self = .rawMetadata
    default:
      // By scalars: a name can begin with a combining mark, which makes one Character with the slash.
      let scalars = String(text).unicodeScalars
      guard let slash = scalars.firstIndex(of: "/") else { return nil }
      let name = String(scalars[scalars.index(after: slash)...])
      switch String(scalars[..<slash]) {
      case "tag":
        guard let tag = TagName(name) else { return nil }
        self = .tag(tag)
      case "collection" where !name.isEmpty: self = .collection(name)
      case "search" where !name.isEmpty: self = .search(name)
      case "erased":
        guard let uid = UID(name) else { return nil }
        self = .erased(uid)
      default: return nil
      }
    }
  }

  /// Whether both have the same name, byte by byte, as in the catalog.
  public static func == (left: Self, right: Self) -> Bool { left.parts == right.parts }

  /// Orders fields by the bytes of their names.
  public static func < (left: Self, right: Self) -> Bool {
    ExactText(left.description) < ExactText(right.description)
  }

  /// Hashes the bytes of the name.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(parts.kind)
    hasher.combine(parts.name)
  }

  /// The kind, and what follows it in the name.
  private var parts: (kind: String, name: ExactText) {
    switch self {
    case .tag(let name): ("tag", ExactText(name.description))
    case .collection(let name): ("collection", ExactText(name))
    case .search(let name): ("search", ExactText(name))
    case .erased(let uid): ("erased", ExactText(uid.description))
    case .rating, .note, .favorite, .trashed, .revived, .metadata, .rawMetadata:
      (description, ExactText(""))
    }
  }
}
