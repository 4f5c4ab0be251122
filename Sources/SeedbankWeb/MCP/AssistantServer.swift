public import SeedbankModel
import SeedbankQuery
public import SeedbankStorage

/// Serves assistants with the Model Context Protocol: JSON-RPC 2.0, one message per line.
public struct AssistantServer: Sendable {
  private let libraries: LibraryPool
  private let wording: Wording
  private let local: @Sendable () -> LocalTime
  /// Who edits, for the history; nil if nothing may be edited.
  private let editor: String?
  private let version: String

  /// The supported versions of the protocol, the latest first.
  ///
  /// Version 2025-03-26 is not supported, because only that one requires batches of messages.
  private static let protocols = ["2025-06-18", "2024-11-05"]

  /// - Parameter editor: who edits, for the history; nil refuses edits.
  public init(
    _ library: Library, editor: String?, version: String, wording: Wording,
    local: @escaping @Sendable () -> LocalTime
  ) {
    libraries = LibraryPool(library)
    self.editor = editor
    self.version = version
    self.wording = wording
    self.local = local
  }

  /// Returns the answer to one line, without a line end; nil if the message needs none.
  public func answer(to line: [UInt8]) -> [UInt8]? {
    let message: RPCMessage
    do {
      message = try JSONObjectReader.decode(RPCMessage.self, from: line)
    } catch APIError.badJSON {
      return Self.failure(.null, -32700, "the message is not valid JSON")
    } catch {
      return Self.failure(.null, -32600, "the message is not a request of JSON-RPC 2.0")
    }
    // A notification gets no answer, not even an error.
    guard let id = message.id else { return nil }
    switch message.method {
    case "initialize": return initialize(line, id)
    case "ping": return Self.result(id) { $0.object { _ in } }
    case "tools/list":
      return Self.result(id) { AssistantTool.writeList(withEdits: editor != nil, to: &$0) }
    case "tools/call": return call(line, id)
    default: return Self.failure(id, -32601, "the method does not exist")
    }
  }

  /// Returns the answer to a line that is too long to be read, without a line end.
  ///
  /// - Parameter limit: the length of the longest line, in bytes.
  public static func answer(toLineOver limit: Int) -> [UInt8] {
    failure(.null, -32600, "the message is longer than \(limit) bytes")
  }

  private func initialize(_ line: [UInt8], _ id: RPCIdentifier) -> [UInt8] {
    struct Parameters: Decodable { let protocolVersion: String }
    let wanted = try? JSONObjectReader.decode(RPCParameters<Parameters>.self, from: line).params
    // Versions are dates. A client probably knows older versions than the one it asks for, but no newer ones.
    let spoken =
      Self.protocols.first { $0 <= wanted?.protocolVersion ?? "" } ?? Self.protocols[0]
    return Self.result(id) { writer in
      writer.object { object in
        object.member("protocolVersion", spoken)
        object.key("capabilities")
        object.object { capabilities in
          capabilities.key("tools")
          capabilities.object { _ in }
        }
        object.key("serverInfo")
        object.object { info in
          info.member("name", "seedbank")
          info.member("version", version)
        }
      }
    }
  }

  private func call(_ line: [UInt8], _ id: RPCIdentifier) -> [UInt8] {
    struct Name: Decodable { let name: String }
    guard let name = try? JSONObjectReader.decode(RPCParameters<Name>.self, from: line).params.name,
      let tool = AssistantTool(rawValue: name), editor != nil || !tool.isEdit
    else { return Self.failure(id, -32602, "the tool does not exist") }
    do {
      let text = try libraries.use { library in
        let api = LibraryAPI(library: library, wording: wording, local: local())
        return try tool.run(line, api, editor: editor ?? "")
      }
      return Self.content(id, text, isError: false)
    } catch {
      let words = ErrorMapping(wording: wording).words(for: error)
      return Self.content(
        id, words.message + (words.hint.map { "\nhint: " + $0 } ?? ""), isError: true)
    }
  }

  // MARK: Messages

  private static func content(_ id: RPCIdentifier, _ text: String, isError: Bool) -> [UInt8] {
    result(id) { writer in
      writer.object { object in
        object.key("content")
        object.array { array in
          array.object {
            $0.member("type", "text")
            $0.member("text", text)
          }
        }
        object.member("isError", isError)
      }
    }
  }

  private static func result(_ id: RPCIdentifier, _ write: (inout JSONWriter) -> Void) -> [UInt8] {
    message(id) { object in
      object.key("result")
      write(&object)
    }
  }

  private static func failure(_ id: RPCIdentifier, _ code: Int, _ text: String) -> [UInt8] {
    message(id) { object in
      object.key("error")
      object.object {
        $0.member("code", code)
        $0.member("message", text)
      }
    }
  }

  private static func message(_ id: RPCIdentifier, _ write: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.member("jsonrpc", "2.0")
      object.key("id")
      id.write(to: &object)
      write(&object)
    }
    return writer.bytes
  }
}
