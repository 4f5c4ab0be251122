import SeedbankModel

/// One field with its new value; nil removes the field.
public enum RequestChange: Equatable, Sendable {
  case prompt(String)
  case model(String?)
  case responseFormat(ResponseFormat?)
  case size(ImageSize?)
  case seed(Int?)
  case guidanceScale(Double?)
  case watermark(Bool?)

  /// The field that changes.
  public var field: RequestField {
    switch self {
    case .prompt: .prompt
    case .model: .model
    case .responseFormat: .responseFormat
    case .size: .size
    case .seed: .seed
    case .guidanceScale: .guidanceScale
    case .watermark: .watermark
    }
  }

  /// Reads the text that a user typed for a field.
  ///
  /// An empty text removes the field. ``SubmitRequest/validate()`` checks whether the model accepts
  /// the value.
  public init(field name: String, value: String) throws(RequestError) {
    let hyphenless = String(name.map { $0 == "-" ? "_" : $0 })
    guard let field = RequestField(rawValue: hyphenless) else { throw .unknownField(name) }
    let given = value.isEmpty ? nil : value
    switch field {
    case .prompt: self = .prompt(value)
    case .model: self = .model(given)
    case .responseFormat:
      self = .responseFormat(
        try given.map { text throws(RequestError) in
          guard let format = ResponseFormat(rawValue: text) else {
            throw .unknownResponseFormat(text, allowed: ResponseFormat.allCases)
          }
          return format
        })
    case .size:
      self = .size(
        try given.map { text throws(RequestError) in
          guard let size = ImageSize(text) else {
            throw .sizeNotRead(text, allowed: ModelRules.unknown.sizes)
          }
          return size
        })
    case .seed: self = .seed(try Self.read(given, field) { Int($0) })
    case .guidanceScale: self = .guidanceScale(try Self.read(given, field) { Double($0) })
    case .watermark:
      self = .watermark(
        try Self.read(given, field) {
          ["true": true, "yes": true, "false": false, "no": false][$0.lowercased()]
        })
    }
  }

  private static func read<Value>(
    _ text: String?, _ field: RequestField, _ value: (String) -> Value?
  ) throws(RequestError) -> Value? {
    guard let text else { return nil }
    guard let value = value(text) else { throw .badValue(field: field) }
    return value
  }

  /// The value as JSON.
  var literal: [UInt8]? {
    switch self {
    case .prompt(let text): JSONWriter.literal(text)
    case .model(let model): model.map(JSONWriter.literal)
    case .responseFormat(let format): format.map { JSONWriter.literal($0.rawValue) }
    case .size(let size): size.map { JSONWriter.literal($0.description) }
    case .seed(let seed): seed.map { Array(String($0).utf8) }
    case .guidanceScale(let scale): scale.map { Self.shortest($0) }
    case .watermark(let flag): flag.map { Array(($0 ? "true" : "false").utf8) }
    }
  }

  /// The shortest digits that give the same number.
  ///
  /// A whole number has no ".0".
  private static func shortest(_ number: Double) -> [UInt8] {
    let text = "\(number)"
    return Array((text.hasSuffix(".0") ? String(text.dropLast(2)) : text).utf8)
  }
}
