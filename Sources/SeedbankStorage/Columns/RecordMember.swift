import SeedbankModel

/// A member of a record.
enum RecordMember: Sendable {
  /// It has the same form everywhere.
  ///
  /// The case is indirect, because a copy of a field copies a dozen closures.
  indirect case field(GenerationField)
  /// It has a special form in the catalog, or no column.
  case other(RecordKey)

  /// All members in the order in which they are written, and in which tables have their columns.
  static let all: [RecordMember] = {
    var members: [RecordMember] = [.other(.id), .other(.uid), .other(.status), .other(.prompt)]
    members += request.map { .field($0) }
    members += [.other(.createdAt), .field(completedAt), .other(.tags)]
    members += personal.map { .field($0) }
    members.append(.other(.parent))
    members += outcome.map { .field($0) }
    members.append(.other(.images))
    members += provider.map { .field($0) }
    members += [.other(.references), .other(.parentUID)]
    members += lineage.map { .field($0) }
    members += [.other(.provenance), .field(trashedAt), .other(.attempts)]
    members += archived.map { .field($0) }
    return members + RecordKey.archived.map { .other($0) }
  }()

  /// The fields among the members.
  static let fields = all.compactMap { member in
    if case .field(let field) = member { field } else { nil }
  }

  private static let request: [GenerationField] = [
    GenerationField("model", \.parameters.model, .text).shown,
    GenerationField("size", \.parameters.size, .text).shown,
    GenerationField("width", \.parameters.width, .integer(1...1 << 31)).shown.merged(.greatest),
    GenerationField("height", \.parameters.height, .integer(1...1 << 31)).shown.merged(.greatest),
    .seed.shown,
    GenerationField("guidance_scale", \.parameters.guidanceScale, .real).shown,
    GenerationField("watermark", \.parameters.watermark, .flag).shown,
    GenerationField("response_format", \.parameters.responseFormat, .text).shown,
  ]
  private static let completedAt =
    GenerationField("completed_at", \.completedAt, .time).inTables.merged(.withState)
  private static let personal: [GenerationField] = [
    GenerationField("rating", \.rating, .integer(1...5)).shown.merged(.byEdits),
    GenerationField("favorite", \.favorite, .flag).shown.merged(.byEdits),
    GenerationField("note", \.note, .text).shown.merged(.byEdits),
  ]
  private static let outcome: [GenerationField] = [
    GenerationField("job_set_id", column: "job_id", \.jobID, .text).inTables.merged(.withState),
    .failure.inTables.merged(.withState),
    GenerationField("usage", \.usage, .json).merged(.withState),
  ]
  private static let provider: [GenerationField] = [
    GenerationField("provider", \.provider.name, .text).shown.merged(.greatest),
    GenerationField("endpoint", \.provider.endpoint, .text).shown.merged(.greatest),
    GenerationField("model_echoed", \.provider.modelEchoed, .text).inTables.merged(.greatest),
    GenerationField("seed_echoed", \.provider.seedEchoed, .seedText).inTables.merged(.greatest),
    GenerationField(
      "group", column: "group_size", \.provider.groupSize, .integer(1...1 << 31)
    ).shown.merged(.greatest),
    .cost.inTables.merged(.withState),
  ]
  private static let lineage: [GenerationField] = [
    GenerationField("parent_change", \.parentChange, .json).present(.ifPresent)
      .merged(.greatest),
    .verdict.present(.ifPresent).merged(.greatest),
    GenerationField("gateway", \.gateway, .text).present(.ifPresent).merged(.withState),
  ]
  private static let trashedAt =
    GenerationField("trashed_at", \.trashedAt, .time).present(.ifPresent).merged(.byEdits)
  private static let archived: [GenerationField] = [
    GenerationField("client_request_id", \.provider.clientRequestID, .text)
      .present(.inArchives).merged(.greatest),
    GenerationField("sent_sha256", \.provider.sentDigest, .digest)
      .present(.inArchives).merged(.greatest),
  ]
}

extension GenerationContent {
  /// The column does not distinguish "no" from "not stated".
  fileprivate var favorite: Bool? {
    get { isFavorite }
    set { isFavorite = newValue ?? false }
  }
}

extension RecordMember {
  /// Its name in records.
  var name: String {
    switch self {
    case .field(let field): field.name
    case .other(let key): key.rawValue
    }
  }

  /// Finds members by their names.
  static let table = KeyTable(all.map { ($0, $0.name) })
}

extension GenerationContent {
  /// The values with those of `other` in the fields that a merge joins by value.
  func joined(with other: GenerationContent) -> GenerationContent {
    var content = self
    for field in RecordMember.fields where field.merge == .greatest && !field.isAbsent(other) {
      if field.isAbsent(self) || field.isGreater(other, self) { field.copy(other, &content) }
    }
    return content
  }
}
