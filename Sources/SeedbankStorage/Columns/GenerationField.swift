import SeedbankModel

/// One value of a generation, and everything that depends on its kind: its columns in the catalog, its
/// member in records, its cell in tables, its part in differences and merges.
///
/// The fields are listed in ``RecordMember/all``. A new one is added there; its column is added to
/// `schema.sql` and to a migration.
struct GenerationField: Sendable {
  /// The member's name in records, the head of its column in tables, and its name in differences.
  let name: String
  let columns: [GenerationColumn]
  /// Reads the value from its columns, which follow each other from a column on.
  let load: @Sendable (borrowing RawRows, Int32, inout GenerationContent) -> Void
  /// The value as people read it; nil for none.
  let text: @Sendable (GenerationContent) -> String?
  let isAbsent: @Sendable (GenerationContent) -> Bool
  /// Copies the value from the first content to the second.
  let copy: @Sendable (GenerationContent, inout GenerationContent) -> Void
  /// Writes the value, which is not absent.
  let write: @Sendable (GenerationContent, inout JSONWriter) -> Void
  let read:
    @Sendable (inout JSONReader, FieldName, inout GenerationContent) throws(RecordError) -> Void
  /// Writes the value straight from its columns, which are not all NULL; nil: through a content.
  var transcribe: Transcription?
  /// Whether the value of the first content is greater; asked only if both have one.
  var isGreater: @Sendable (GenerationContent, GenerationContent) -> Bool = { _, _ in false }
  var presence = Presence.always
  var merge = Merge.never
  var isInTables = false
  var isInDifferences = false

  /// Writes a key and the value in the columns of a row, from a column on.
  ///
  /// It returns false, and writes nothing, if the value is absent.
  typealias Transcription =
    @Sendable (borrowing RawRows, Int32, JSONKey, inout JSONWriter) -> Bool

  /// Which records have the member.
  enum Presence: Sendable {
    /// In every record, as null if it has no value.
    case always
    /// In records that have a value.
    case ifPresent
    /// Records that have a value, in dumps and exported files.
    case inArchives
  }

  /// How a merge of two versions chooses the value.
  enum Merge: Sendable {
    /// It cannot differ.
    case never
    /// The later edit of a person wins.
    case byEdits
    /// The version that is further ahead determines it.
    case withState
    /// A value wins against no value, then the greater one.
    case greatest
  }
}

/// A column of `generation` that holds a value of the content, or part of one.
struct GenerationColumn: Sendable {
  let name: String
  let value: @Sendable (GenerationContent) -> ColumnValue
}

/// The name of a field, for errors.
struct FieldName: RawRepresentable { let rawValue: String }

extension GenerationField {
  /// A field of one column.
  ///
  /// It is inlined, so that the closures are specialized for the type of each field. Generic
  /// closures would look up the type at every call.
  @inline(__always)
  init<Value: Sendable>(
    _ name: String, column: String? = nil,
    _ path: WritableKeyPath<GenerationContent, Value?> & Sendable, _ kind: FieldKind<Value>
  ) {
    let column = column ?? name
    self.init(
      name: name,
      columns: [
        GenerationColumn(name: column) { $0[keyPath: path].map(kind.store) ?? .null }
      ],
      load: { $2[keyPath: path] = kind.load($0, $1) },
      text: { $0[keyPath: path].map(kind.text) },
      isAbsent: { $0[keyPath: path] == nil },
      copy: { $1[keyPath: path] = $0[keyPath: path] },
      write: { content, writer in
        if let value = content[keyPath: path] { kind.write(value, &writer) }
      },
      read: { reader, name, content throws(RecordError) in
        content[keyPath: path] = try kind.read(&reader, name)
      },
      transcribe: { rows, column, key, writer in
        guard let value = kind.load(rows, column) else { return false }
        writer.key(key)
        kind.write(value, &writer)
        return true
      },
      isGreater: { first, second in
        guard let first = first[keyPath: path], let second = second[keyPath: path] else {
          return false
        }
        return kind.isLess(second, first)
      })
  }

  /// The field in tables and in differences.
  var shown: GenerationField {
    var field = self
    field.isInTables = true
    field.isInDifferences = true
    return field
  }

  /// The field in tables.
  var inTables: GenerationField {
    var field = self
    field.isInTables = true
    return field
  }

  /// The field with another presence.
  func present(_ presence: Presence) -> GenerationField {
    var field = self
    field.presence = presence
    return field
  }

  /// The field with another rule for merges.
  func merged(_ merge: Merge) -> GenerationField {
    var field = self
    field.merge = merge
    return field
  }
}
