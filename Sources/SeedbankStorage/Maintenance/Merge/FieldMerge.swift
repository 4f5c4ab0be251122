import SeedbankModel

/// A field's value with the time of its last edit; without one it is as it was first recorded.
struct VersionedValue: Equatable {
  /// JSON; nil for none.
  var value: String?
  var at: Timestamp?

  /// Compares the bytes of the values, so that merges give the same bytes everywhere.
  static func == (left: Self, right: Self) -> Bool {
    left.hasValue(of: right) && left.at == right.at
  }

  /// Whether both have the same value, byte by byte.
  func hasValue(of other: VersionedValue) -> Bool { value.isIdentical(to: other.value) }

  /// Returns the version with the later edit, whichever side it is from.
  ///
  /// A field that was never edited loses against any edit. If the times are equal, a value wins against
  /// no value, then the greater text wins.
  static func merge(_ ours: VersionedValue, _ theirs: VersionedValue) -> VersionedValue {
    let latest = [ours.at, theirs.at].compactMap { $0 }.max()
    guard !ours.hasValue(of: theirs) else { return VersionedValue(value: ours.value, at: latest) }
    if ours.at != theirs.at {
      let oursIsNewer = (ours.at ?? .distantPast) > (theirs.at ?? .distantPast)
      return VersionedValue(value: oursIsNewer ? ours.value : theirs.value, at: latest)
    }
    let greater = [ours.value, theirs.value].compactMap { $0 }.max { left, right in
      left.utf8.lexicographicallyPrecedes(right.utf8)
    }
    return VersionedValue(value: greater, at: latest)
  }
}

extension Timestamp {
  static let distantPast = Timestamp(milliseconds: .min)
}

extension GenerationRecord {
  /// The fields that people edit, by name, as this record has them.
  var editable: [EditField: VersionedValue] {
    var fields: [EditField: VersionedValue] = [:]
    for (field, time) in archive?.edits ?? [:] {
      fields[field] = VersionedValue(value: nil, at: time)
    }
    func put(_ field: EditField, _ value: String?) {
      if let value { fields[field, default: VersionedValue()].value = value }
    }
    put(.rating, FieldValue.number(rating.map { Int64($0) }))
    put(.note, FieldValue.text(note))
    put(.favorite, FieldValue.flag(isFavorite))
    put(.trashed, FieldValue.number(trashedAt?.milliseconds))
    if isImported {
      put(.metadata, RecordedMetadata(prompt: prompt, parameters, provenance).json)
      put(.rawMetadata, provenance?.raw.map(MetadataTable.rawValue))
    }
    for tag in tags { put(.tag(tag), FieldValue.yes) }
    for (name, position) in archive?.collections ?? [:] {
      put(.collection(name.text), FieldValue.number(position))
    }
    return fields
  }

  /// Whether the image was imported, so that its metadata was read and may be read again.
  var isImported: Bool {
    gateway == nil && jobID == nil && archive?.requestBody == nil && !images.isEmpty
  }

  /// The values that never change after the request was sent; two records of one uid must agree on them.
  var request: [String?] {
    [
      prompt, parameters.model, parameters.size, parameters.seed?.description,
      parameters.guidanceScale?.description, parameters.watermark?.description,
      parameters.responseFormat,
    ]
  }
}
