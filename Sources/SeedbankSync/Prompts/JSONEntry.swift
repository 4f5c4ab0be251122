import FoundationEssentials
import SeedbankModel
import SeedbankProviders

/// One JSON value as an entry.
enum JSONEntry {
  /// Reads an element of an array: an object, or a text that is the prompt.
  static func read(element: String, line: Int) throws(PromptFileError) -> PromptEntry {
    // By bytes: a quotation mark before a combining mark is another Character.
    guard element.utf8.first == UInt8(ascii: "\"") else { return try read(element, line: line) }
    do {
      let prompt = try JSONDecoder().decode(String.self, from: Data(element.utf8))
      return PromptEntry(line: line, prompt: prompt)
    } catch {
      throw PromptFileError(line: line, .notJSON)
    }
  }

  /// Reads an object.
  static func read(_ text: String, line: Int) throws(PromptFileError) -> PromptEntry {
    let members: [String: Value]
    do {
      members = try JSONDecoder().decode([String: Value].self, from: Data(text.utf8))
    } catch DecodingError.typeMismatch {
      throw PromptFileError(line: line, .notAnObject)
    } catch {
      throw PromptFileError(line: line, .notJSON)
    }
    var prompt: String?
    var changes: [RequestChange] = []
    var tags: [TagName] = []
    // Sorted, so that the same line always gives the same error.
    for (name, value) in members.sorted(by: { $0.key < $1.key }) where value != .null {
      if name == "tags" {
        tags = try self.tags(value, line: line)
        continue
      }
      guard let field = RequestField(rawValue: name) else {
        throw PromptFileError(line: line, .unknownField(name))
      }
      guard let text = value.text(for: field) else {
        throw PromptFileError(line: line, .badRequest(.badValue(field: field)))
      }
      if field == .prompt {
        prompt = text
        continue
      }
      do throws(RequestError) {
        changes.append(try RequestChange(field: name, value: text))
      } catch {
        throw PromptFileError(line: line, .badRequest(error))
      }
    }
    guard let prompt else { throw PromptFileError(line: line, .noPrompt) }
    return PromptEntry(line: line, prompt: prompt, changes: changes, tags: tags)
  }

  private static func tags(_ value: Value, line: Int) throws(PromptFileError) -> [TagName] {
    switch value {
    case .string(let text): return try TagList.read(text, line: line)
    case .list(let names):
      var tags: [TagName] = []
      for name in names {
        guard let tag = TagName(name) else { throw PromptFileError(line: line, .badTag(name)) }
        tags.append(tag)
      }
      return tags
    default: throw PromptFileError(line: line, .badTag("tags"))
    }
  }

  /// The values that a field may have.
  private enum Value: Decodable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case list([String])
    case other

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let value = try? container.decode(Bool.self) {
        self = .bool(value)
      } else if let value = try? container.decode(Int64.self) {
        self = .integer(value)
      } else if let value = try? container.decode(Double.self) {
        self = .number(value)
      } else if let value = try? container.decode(String.self) {
        self = .string(value)
      } else if let value = try? container.decode([String].self) {
        self = .list(value)
      } else {
        self = .other
      }
    }

    /// The value as a user types it, or nil if the field does not accept values of this type.
    func text(for field: RequestField) -> String? {
      switch (field, self) {
      case (.prompt, .string(let text)): text
      case (.model, .string(let text)), (.size, .string(let text)),
        (.responseFormat, .string(let text)):
        text.isEmpty ? nil : text
      case (.seed, .integer(let number)), (.guidanceScale, .integer(let number)): String(number)
      case (.guidanceScale, .number(let number)): String(number)
      case (.watermark, .bool(let flag)): String(flag)
      default: nil
      }
    }
  }
}
