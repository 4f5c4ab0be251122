import SeedbankModel

extension EditField {
  /// Whether two values differ only in the time at which a generation was moved to the trash.
  func isSameState(_ first: String?, _ second: String?) -> Bool {
    self == .trashed && first != nil && second != nil
  }

  /// Whether a generation can have the value in this field; nil for none.
  ///
  /// The history of a restored dump can contain any value. The catalog refuses some of them, and others would
  /// be read as no value.
  func isValueOfGeneration(_ value: String?) -> Bool {
    switch (self, value) {
    case (.revived, _), (.search, _), (.erased, _): value == nil
    // Each generation has a prompt, which is part of it.
    case (.metadata, nil): false
    case (_, nil): true
    case (.rating, let value?): Int64(value).map { (1...5).contains($0) } ?? false
    case (.note, let value?): FieldValue.string(value) != nil
    case (.favorite, let value?), (.tag, let value?): value == FieldValue.yes
    case (.trashed, let value?):
      Int64(value).map { Timestamp.writable.contains($0) } ?? false
    case (.collection, let value?): Int64(value) != nil
    case (.metadata, let value?): RecordedMetadata(json: value)?.canBeWritten ?? false
    case (.rawMetadata, let value?): MetadataTable.rawBytes(value) != nil
    }
  }

  /// Whether the library can have the value in this field, as an edit gives it; nil for none.
  func isValueOfLibrary(_ value: String?) -> Bool {
    switch self {
    case .tag: value == nil || value == FieldValue.yes
    case .collection: value.map { Int64($0) != nil } ?? true
    case .search: value.map { SearchValue(json: $0) != nil } ?? true
    // No edit sets them.
    case .rating, .note, .favorite, .trashed, .revived, .metadata, .rawMetadata, .erased: false
    }
  }
}

extension RecordedMetadata {
  /// Whether a record with it can be read again: the settings are written into it as they are.
  fileprivate var canBeWritten: Bool {
    (guidanceScale?.isFinite ?? true) && (settings.map(JSONReader.isValue) ?? true)
  }
}
