import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// The id of a JSON-RPC request, which its answer repeats.
enum RPCIdentifier: Equatable {
  case number(Int64)
  case text(String)
  case null

  func write(to writer: inout JSONWriter) {
    switch self {
    case .number(let number): writer.value(number)
    case .text(let text): writer.value(text)
    case .null: writer.null()
    }
  }
}

extension RPCIdentifier: Decodable {
  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let number = try? value.decode(Int64.self) {
      self = .number(number)
    } else {
      self = .text(try value.decode(String.self))
    }
  }
}

/// The common part of all messages.
struct RPCMessage: Decodable {
  /// Nil for a notification.
  let id: RPCIdentifier?
  let method: String

  private enum Key: String, CodingKey { case jsonrpc, id, method }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Key.self)
    guard try members.decode(String.self, forKey: .jsonrpc) == "2.0" else {
      throw APIError.badValue("jsonrpc", "2.0")
    }
    id = try members.decodeIfPresent(RPCIdentifier.self, forKey: .id)
    method = try members.decode(String.self, forKey: .method)
  }
}

/// The parameters of one method.
struct RPCParameters<Value: Decodable>: Decodable {
  let params: Value
}

/// The arguments of one tool.
struct ToolArguments<Value: Decodable>: Decodable {
  /// Nil if the call has none.
  let arguments: Value?

  private enum Key: String, CodingKey { case arguments }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Key.self)
    arguments = try members.value(.arguments, "a JSON object")
  }
}
