import SeedbankProviders
import SeedbankSync

/// The origins of the fields of a request, so that a hint names only what the user wrote.
struct FieldOrigins {
  /// The start of the option that chooses a model: its value follows.
  let modelOption: String
  /// How to leave out a field; nil if neither an option nor a setting gives it.
  let remedy: (RequestParameter) -> String?

  /// Runs `body` and explains its errors about requests.
  ///
  /// - Throws: `Failure` for these errors, and other errors unchanged.
  func explaining<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as RequestError {
      let failure = error.explained
      throw Failure(failure.status, failure.sentence, hint: hint(for: error) ?? failure.hint)
    } catch let error as PromptFileError {
      guard case .badRequest(let cause) = error.fault, let field = cause.fieldToLeaveOut else {
        throw error
      }
      let failure = error.explained
      let line = "remove \(field.rawValue) from this line"
      throw Failure(
        failure.status, failure.sentence, hint: remedy(field).map { "\(line), or \($0)" } ?? line)
    }
  }

  private func hint(for error: RequestError) -> String? {
    switch error {
    case .modelRequired(let example), .modelNotQualified(_, let example):
      "for example: \(modelOption)\(example)"
    default: error.fieldToLeaveOut.flatMap(remedy)
    }
  }
}

extension FieldOrigins {
  /// How to leave out a field that a setting gives.
  static func remedy(_ setting: Setting, from origin: SettingOrigin?) -> String? {
    switch origin {
    case .variable(let name): "unset \(name)"
    case .file(let path): "remove \(setting.rawValue) from \(path)"
    case .option(let name): "omit \(name)"
    case .builtIn, nil: nil
    }
  }
}

extension RequestError {
  /// The field that the model does not take at all.
  fileprivate var fieldToLeaveOut: RequestParameter? {
    switch self {
    case .fieldNotAccepted(let field, _): field
    case .guidanceNotAccepted: .guidanceScale
    default: nil
    }
  }
}
