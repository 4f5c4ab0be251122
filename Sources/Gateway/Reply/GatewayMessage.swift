/// What a gateway says of a failure, made fit to be shown and stored.
///
/// Foreign text: control characters, terminal escapes and marks that turn the direction of writing
/// are gone, its length is capped, and links have lost their signatures.
public struct GatewayMessage: Equatable, Sendable {
  public let code: String?
  public let text: String?

  /// Nothing was said.
  public static let none = GatewayMessage(code: nil, text: nil)

  private static let codeLimit = 100
  private static let textLimit = 400

  /// Cleans what is given.
  public init(code: String?, text: String?) {
    self.code = code.flatMap { ForeignText.clean($0, limit: Self.codeLimit) }
    self.text = text.flatMap { ForeignText.clean($0, limit: Self.textLimit) }
  }

  /// Reads the shapes that are met: `error` as a text or an object, or `code` and `message` at the
  /// top, as the gateway's front writes them.
  init(_ root: JSONView?) {
    guard let root, root.isObject else {
      self = .none
      return
    }
    let error = root["error"].flatMap { $0.isObject || $0.isString ? $0 : nil }
    if let error, error.isObject {
      self.init(
        code: Self.scalar(error["code"]) ?? error["type"]?.string,
        text: error["message"]?.string ?? error["msg"]?.string)
    } else {
      self.init(
        code: Self.scalar(root["code"]) ?? Self.scalar(root["statusCode"]),
        text: error?.string ?? root["message"]?.string ?? root["msg"]?.string
          ?? root["detail"]?.string)
    }
  }

  private static func scalar(_ view: JSONView?) -> String? {
    view?.string ?? view?.integer.map { String($0) }
  }
}

extension GatewayMessage: CustomStringConvertible {
  public var description: String {
    [code, text].compactMap(\.self).joined(separator: ": ")
  }
}
