extension JSONReader {
  package typealias Key = RawRepresentable<String>

  /// Reads a value; throws an error that names the field if it has another type.
  package mutating func value<Value>(
    _ key: some Key, _ allowed: @autoclosure () -> String,
    _ read: (inout JSONReader) throws(RecordError) -> Value
  ) throws(RecordError) -> Value {
    let start = self
    do {
      return try read(&self)
    } catch {
      // A value of another type and bytes that are not JSON are different errors.
      self = start
      try skipValue()
      throw .badValue(field: key.rawValue, allowed: allowed())
    }
  }

  package mutating func text(_ key: some Key) throws(RecordError) -> String {
    try value(key, "text") { reader throws(RecordError) in try reader.string() }
  }

  package mutating func flag(_ key: some Key) throws(RecordError) -> Bool {
    try value(key, "true or false") { reader throws(RecordError) in try reader.boolean() }
  }

  package mutating func integer(
    _ key: some Key, in range: ClosedRange<Int64>
  ) throws(RecordError) -> Int64 {
    // The text is made only for an error, because writing a number takes longer than reading one.
    func allowed() -> String {
      range == Int64.min...Int64.max ? "a whole number" : "\(range)"
    }
    let number = try value(key, allowed()) { reader throws(RecordError) in try reader.integer() }
    guard range.contains(number) else {
      throw .badValue(field: key.rawValue, allowed: allowed())
    }
    return number
  }

  package mutating func seed(_ key: some Key) throws(RecordError) -> ImageSeed {
    try value(key, "a whole number from \(ImageSeed.min) to \(ImageSeed.max)") {
      reader throws(RecordError) in
      guard let seed = ImageSeed(try reader.rawValue()) else { throw reader.needed("a seed") }
      return seed
    }
  }

  package mutating func time(_ key: some Key) throws(RecordError) -> Timestamp {
    try parsed(key, "a time like 2026-11-05T08:04:59Z") { Timestamp(rfc3339: $0) }
  }

  /// Reads a string that `parse` understands.
  package mutating func parsed<Value>(
    _ key: some Key, _ allowed: String, _ parse: (String) -> Value?
  ) throws(RecordError) -> Value {
    let text = try value(key, allowed) { reader throws(RecordError) in try reader.string() }
    guard let value = parse(text) else {
      throw .badValue(field: key.rawValue, allowed: allowed)
    }
    return value
  }

  /// Reads base64 and returns its bytes.
  package mutating func base64(_ key: some Key) throws(RecordError) -> [UInt8] {
    try parsed(key, "base64") { Base64.bytes($0) }
  }

  /// Returns the value of one member of an object, unchanged; nil if it does not exist.
  package static func member(_ name: String, of json: String) throws(RecordError) -> String? {
    var json = json
    let result = json.withUTF8 { bytes in
      Result { () throws(RecordError) -> String? in
        var reader = JSONReader(bytes)
        var found: String?
        try reader.object { reader, key throws(RecordError) in
          let value = try reader.rawValue()
          if name.utf8.elementsEqual(key) { found = value }
        }
        return found
      }
    }
    return try result.get()
  }
}
