/// The name of a member, encoded once for many objects.
package struct JSONKey: Sendable {
  /// A comma, the name, a colon and `null`.
  let encoded: [UInt8]

  package init(_ name: String) {
    encoded = Array(",".utf8) + JSONWriter.literal(name) + Array(":null".utf8)
  }
}

extension JSONWriter {
  /// Writes a member; nil is `null`.
  package mutating func member(_ key: JSONKey, _ text: String?) {
    guard let text else { return null(key) }
    self.key(key)
    value(text)
  }

  /// Writes a member; nil is `null`.
  package mutating func member(_ key: JSONKey, _ number: Int64?) {
    guard let number else { return null(key) }
    self.key(key)
    value(number)
  }

  /// Writes a member; nil is `null`.
  package mutating func member(_ key: JSONKey, _ number: Int) { member(key, Int64(number)) }

  /// Writes a member; nil is `null`.
  package mutating func member(_ key: JSONKey, _ time: Timestamp?) {
    guard let time else { return null(key) }
    self.key(key)
    value(time)
  }
}
