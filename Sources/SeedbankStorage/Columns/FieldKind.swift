import SeedbankModel

/// How values of one type are stored, loaded, shown, written and read.
struct FieldKind<Value: Sendable>: Sendable {
  let store: @Sendable (Value) -> ColumnValue
  /// Reads the value in a column; nil for NULL.
  let load: @Sendable (borrowing RawRows, Int32) -> Value?
  let text: @Sendable (Value) -> String
  let write: @Sendable (Value, inout JSONWriter) -> Void
  let read: @Sendable (inout JSONReader, FieldName) throws(RecordError) -> Value
  /// Orders the values for merges.
  let isLess: @Sendable (Value, Value) -> Bool
}

extension FieldKind<String> {
  static var text: FieldKind {
    FieldKind(
      store: { .text($0) }, load: { $0.optionalText($1) }, text: { $0 },
      write: { $1.value($0) },
      read: { reader, name throws(RecordError) in try reader.text(name) },
      isLess: { $0 < $1 })
  }

  /// Text that is JSON, which the record contains unchanged.
  static var json: FieldKind {
    FieldKind(
      store: { .text($0) }, load: { $0.optionalText($1) }, text: { $0 },
      write: { $1.raw($0) },
      read: { reader, name throws(RecordError) in try reader.rawValue() },
      isLess: { $0 < $1 })
  }
}

extension FieldKind<Int> {
  static func integer(_ range: ClosedRange<Int64>) -> FieldKind {
    FieldKind(
      store: { .integer(Int64($0)) }, load: { $0.optionalInteger($1).map { Int($0) } },
      text: { $0.description },
      write: { $1.value($0) },
      read: { reader, name throws(RecordError) in Int(try reader.integer(name, in: range)) },
      isLess: { $0 < $1 })
  }
}

extension FieldKind<Double> {
  static var real: FieldKind {
    FieldKind(
      store: { .real($0) }, load: { $0.optionalReal($1) }, text: { $0.description },
      write: { $1.value($0) },
      read: { reader, name throws(RecordError) in
        try reader.value(name, "a number") { reader throws(RecordError) in try reader.number() }
      },
      isLess: { $0 < $1 })
  }
}

extension FieldKind<Bool> {
  static var flag: FieldKind {
    FieldKind(
      store: { .integer($0 ? 1 : 0) }, load: { $0.optionalInteger($1).map { $0 != 0 } },
      text: { $0.description },
      write: { $1.value($0) },
      read: { reader, name throws(RecordError) in try reader.flag(name) },
      isLess: { !$0 && $1 })
  }
}

extension FieldKind<Timestamp> {
  static var time: FieldKind {
    FieldKind(
      store: { ColumnValue($0) },
      load: { $0.optionalInteger($1).map(Timestamp.init(milliseconds:)) },
      text: { $0.description }, write: { $1.value($0) },
      read: { reader, name throws(RecordError) in try reader.time(name) },
      isLess: { $0 < $1 })
  }
}

extension FieldKind<Digest> {
  static var digest: FieldKind {
    FieldKind(
      store: { .blob($0.bytes) },
      load: { Digest(bytes: $0.bytes($1)) },
      text: { $0.hex }, write: { $1.value($0.hex) },
      read: { reader, name throws(RecordError) in
        try reader.parsed(name, "64 hexadecimal digits") { Digest($0) }
      },
      isLess: { $0.hex < $1.hex })
  }
}

extension FieldKind<ImageSeed> {
  /// A seed as decimal digits, which no search compares.
  static var seedText: FieldKind {
    FieldKind(
      store: { .text($0.description) },
      load: { $0.optionalText($1).flatMap { ImageSeed($0) } },
      text: { $0.description }, write: { $1.value($0) },
      read: { reader, name throws(RecordError) in try reader.seed(name) },
      isLess: { $0 < $1 })
  }
}
