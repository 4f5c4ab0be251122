import SeedbankModel

/// A gateway's error message, cleaned for output and storage.
///
/// It is foreign text: control characters, terminal escapes and direction marks are removed, its length
/// is limited, and links lose their signatures.
public struct GatewayMessage: Equatable, Sendable {
  /// The error code, cleaned for display.
  public let code: String?
  /// The message, cleaned for display.
  public let text: String?

  /// An empty message.
  public static let none = GatewayMessage(code: nil, text: nil)

  private static let codeLimit = 100
  private static let textLimit = 400

  /// Cleans code and text.
  public init(code: String?, text: String?) {
    self.code = code.flatMap { PrintableText.clean($0, limit: Self.codeLimit) }
    self.text = text.flatMap { PrintableText.clean($0, limit: Self.textLimit) }
  }

  /// Reads the known forms: `error` as a text, an object or a list of these, or code and message at the
  /// top, as the gateway's front and web frameworks write them.
  init(_ root: JSONView?) {
    guard let root, root.isObject else {
      self = .none
      return
    }
    let error = Self.first(root["error"]) ?? Self.first(root["errors"])
    if let error, error.isObject {
      let type = error["type"]?.string.flatMap { $0.isEmpty ? nil : $0 }
      // A type such as `api_error` says less than a code elsewhere in the reply.
      let isGeneric = type.map { ErrorMeaning.isGeneric($0) } ?? false
      let nested = error["error"] == nil ? GatewayMessage.none : GatewayMessage(error)
      let code = Self.code(error) ?? (isGeneric ? nil : type) ?? nested.code ?? Self.code(root)
      self.init(
        code: code ?? type, text: Self.text(error) ?? nested.text ?? Self.text(root))
    } else {
      self.init(code: Self.code(root), text: error?.string ?? Self.text(root))
    }
  }

  private static func code(_ view: JSONView) -> String? {
    ["code", "statusCode", "status_code", "error_code", "errorCode"].lazy
      .compactMap { scalar(view[$0]) }.first
  }

  private static func text(_ view: JSONView) -> String? {
    for name in ["message", "msg", "detail", "error_message", "error_msg", "errorMessage", "title"]
    {
      guard let value = first(view[name]) else { continue }
      if let text = value.string, !text.isEmpty { return text }
      // FastAPI lists the errors of a request: `{"loc": […], "msg": "…"}`.
      if let text = value["msg"]?.string ?? value["message"]?.string { return text }
    }
    return nil
  }

  /// The value itself, or the first of a list of such; nil unless it is a text or an object.
  private static func first(_ view: JSONView?) -> JSONView? {
    guard let view else { return nil }
    if let elements = view.elements { return elements.first.flatMap { first($0) } }
    return view.isObject || view.isString && view.string?.isEmpty == false ? view : nil
  }

  private static func scalar(_ view: JSONView?) -> String? {
    view?.string.flatMap { $0.isEmpty ? nil : $0 } ?? view?.integer.map { String($0) }
  }
}

extension GatewayMessage: CustomStringConvertible {
  /// The code and the text in one line.
  public var description: String {
    [code, text].compactMap(\.self).joined(separator: ": ")
  }
}
