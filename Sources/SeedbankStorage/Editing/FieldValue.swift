import SeedbankModel

/// The values of fields that people edit, as the history and dumps keep them: JSON, and nil for none.
enum FieldValue {
  static let yes = "true"

  /// Without NUL, at which SQLite's C interface ends text.
  static func text(_ text: String?) -> String? {
    let text = text?.withoutNUL ?? ""
    guard !text.isEmpty else { return nil }
    var writer = JSONWriter()
    writer.value(text)
    return writer.text
  }

  static func number(_ number: Int64?) -> String? { number.map { String($0) } }

  static func flag(_ flag: Bool) -> String? { flag ? yes : nil }

  /// Returns the text of a JSON string; nil if `json` is not one.
  static func string(_ json: String?) -> String? {
    guard var json else { return nil }
    return json.withUTF8 { bytes in
      var reader = JSONReader(bytes)
      return try? reader.string()
    }
  }
}

/// A saved search, as a value of its field.
struct SearchValue: Hashable {
  let query: String
  let createdAt: Int64

  init(query: String, createdAt: Int64) {
    self.query = query
    self.createdAt = createdAt
  }

  init?(json: String) {
    guard let query = FieldValue.string(try? JSONReader.member("query", of: json)),
      let createdAt = (try? JSONReader.member("created_at", of: json)).flatMap({ Int64($0) })
    else { return nil }
    self.init(query: query, createdAt: createdAt)
  }

  var json: String {
    var writer = JSONWriter()
    writer.object { object in
      object.member("query", query)
      object.member("created_at", createdAt)
    }
    return writer.text
  }
}
