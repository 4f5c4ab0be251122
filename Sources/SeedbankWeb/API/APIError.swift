import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// Why the API refuses a request, other than errors of the library.
enum APIError: Error, Equatable {
  /// A parameter with a value that is not valid, and the accepted values.
  case badParameter(String, String)
  case badJSON
  /// The request body is JSON, but not an object with members.
  case notAnObject
  /// A member of the request body with a value that is not valid, and the accepted values.
  case badValue(String, String)
  case notFound
  case malformedDigest
  case imageMissing
  /// The bytes of an image file do not have the digest of the image.
  case imageDamaged
  case undecodable
  case readOnly
  case generateNotAllowed
  case selectsEverything
  /// A text in a query that is a path, or not an id or a digest.
  case referenceNotAllowed(String)
  case busy
  case cancelled
}

/// The response for an error.
struct ErrorMapping: Sendable {
  let wording: Wording

  func response(to error: any Error, query: String? = nil) -> Response {
    var words = words(for: error)
    if let error = error as? APIError { return .error(Self.status(error), words) }
    if let error = error as? QueryError, let query {
      let scalars = query.unicodeScalars.prefix(error.offset)
      words.offset = scalars.reduce(0) { $0 + UTF16.width($1) }
    }
    return .error(Self.kind(error).status, words)
  }

  func words(for error: any Error) -> ErrorWords {
    if let error = error as? APIError { return Self.words(error) }
    let (message, hint) = wording.sentence(error)
    return ErrorWords(code: Self.kind(error).code, message: message, hint: hint)
  }

  private static func kind(_ error: any Error) -> (status: Int, code: String) {
    switch error {
    case is QueryError: (400, "bad_query")
    case SearchError.nothingAfter: (400, "bad_after")
    case is SearchError: (400, "bad_query")
    case EditError.nothingToUndo: (409, "nothing_to_undo")
    case EditError.nothingToRedo: (409, "nothing_to_redo")
    case EditError.notNextToUndo, EditError.notNextToRedo: (409, "not_most_recent")
    case EditError.noteChanged: (409, "note_changed")
    case is EditError: (422, "bad_edit")
    case is ReferenceError: (404, "not_found")
    case LibraryError.noSuchGeneration: (404, "not_found")
    case LibraryError.busy: (503, "library_busy")
    case LibraryError.readOnly: (403, "read_only")
    case let error as any GenerationRefusal:
      (error.isTheServersFault ? 503 : 422, "cannot_generate")
    default: (500, "internal_error")
    }
  }

  private static func status(_ error: APIError) -> Int {
    switch error {
    case .badParameter, .badJSON, .malformedDigest, .referenceNotAllowed: 400
    case .notAnObject, .badValue, .selectsEverything, .imageDamaged, .undecodable: 422
    case .notFound, .imageMissing: 404
    case .readOnly, .generateNotAllowed: 403
    case .busy, .cancelled: 503
    }
  }

  private static func words(_ error: APIError) -> ErrorWords {
    switch error {
    case .badParameter(let name, let takes):
      ErrorWords(
        code: "bad_parameter", message: "the parameter '\(name)' cannot have that value",
        hint: "it takes \(takes)")
    case .badJSON: ErrorWords(code: "bad_json", message: "the request body is not valid JSON")
    case .notAnObject:
      ErrorWords(code: "bad_value", message: "the request body is not a JSON object")
    case .badValue(let name, let takes):
      ErrorWords(
        code: "bad_value", message: "the member '\(name)' cannot have that value",
        hint: "it takes \(takes)")
    case .notFound: ErrorWords(code: "not_found", message: "this address does not exist")
    case .malformedDigest:
      ErrorWords(code: "bad_digest", message: "a digest has 64 hexadecimal digits")
    case .imageMissing:
      ErrorWords(
        code: "image_missing", message: "the image file does not exist",
        hint:
          "if it is on a remote only, run `seedbank fetch`; `seedbank check` lists missing files")
    case .imageDamaged:
      ErrorWords(
        code: "image_damaged", message: "the image file is damaged",
        hint: "restore it from a backup; `seedbank check --deep` lists damaged files")
    case .undecodable:
      ErrorWords(code: "undecodable", message: "the image file cannot be decoded")
    case .readOnly:
      ErrorWords(
        code: "read_only", message: "the server was started with --read-only",
        hint: "start `seedbank serve` without --read-only")
    case .generateNotAllowed:
      ErrorWords(
        code: "generate_not_allowed", message: "the server may not send requests to image services",
        hint: "start `seedbank serve` with --allow-generate")
    case .selectsEverything:
      ErrorWords(
        code: "selects_everything", message: "an empty query selects all generations",
        hint: "add \"all\": true to edit all of them")
    case .referenceNotAllowed(let text):
      ErrorWords(
        code: "bad_query", message: "'\(text)' is not the id of a generation or a digest",
        hint: "use an id, @last or sha256:DIGITS")
    case .busy:
      ErrorWords(
        code: "busy", message: "the server is busy", hint: "try again in a moment")
    case .cancelled: ErrorWords(code: "cancelled", message: "the work was canceled")
    }
  }
}

/// An error of a request for new images, from the code that sends requests to services.
public protocol GenerationRefusal: Error {
  /// Whether another request would be refused too.
  var isTheServersFault: Bool { get }
}
