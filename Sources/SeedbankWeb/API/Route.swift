import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// The meaning of a path.
///
/// Its parts are never decoded or added to a path on disk.
enum Route: Equatable {
  case page
  case asset(String)
  case image(Digest)
  case thumbnail(Digest)
  case generations
  case generation(GenerationID)
  case ids
  case facets
  case dates
  case complete
  case compare
  case library
  case selection
  case undo
  case redo
  case events

  /// - Throws: `APIError.notFound`, or `.malformedDigest` or `.badParameter` for the last part of a path.
  init(_ path: String) throws(APIError) {
    let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(
      String.init)
    let last = parts[parts.count - 1]
    switch (parts.dropLast().joined(separator: "/"), last) {
    case ("", "") where parts.count == 1: self = .page
    case ("api", _): self = try Self.named(last)
    case ("api/generations", _):
      let isNumber = (1...18).contains(last.utf8.count) && last.utf8.allSatisfy(HTTPByte.isDigit)
      guard isNumber, let number = Int64(last) else { throw .badParameter("id", "a whole number") }
      self = .generation(GenerationID(number))
    case ("assets", _): self = .asset(last)
    case ("images", _): self = .image(try Self.digest(last))
    case ("thumbnails", _): self = .thumbnail(try Self.digest(last))
    default: throw .notFound
    }
  }

  private static func named(_ name: String) throws(APIError) -> Route {
    switch name {
    case "generations": .generations
    case "ids": .ids
    case "facets": .facets
    case "dates": .dates
    case "complete": .complete
    case "compare": .compare
    case "library": .library
    case "selection": .selection
    case "undo": .undo
    case "redo": .redo
    case "events": .events
    default: throw .notFound
    }
  }

  static func digest(_ text: String) throws(APIError) -> Digest {
    guard text.utf8.count == 64, let digest = Digest(text) else { throw .malformedDigest }
    return digest
  }

  /// The allowed methods of the path.
  ///
  /// GET includes HEAD.
  var methods: [String] {
    switch self {
    case .generations: ["GET", "HEAD", "POST"]
    case .selection: ["PATCH"]
    case .undo, .redo: ["POST"]
    default: ["GET", "HEAD"]
    }
  }
}
