import SeedbankModel

/// The values that a draft, a record and a loaded generation have in common, in the form of
/// columns.
///
/// Values that have different forms in them, such as tags and images, are not part of it.
struct GenerationContent: Sendable, Equatable {
  var parameters = Parameters()
  var completedAt: Timestamp?
  var rating: Int?
  var isFavorite = false
  var note: String?
  var jobID: String?
  var failure: RecordedFailure?
  var usage: String?
  var provider = RecordedProvider()
  var parentChange: String?
  var verdict: RecordedVerdict?
  var gateway: String?
  var trashedAt: Timestamp?
}

extension GenerationContent {
  init(_ draft: GenerationDraft) {
    self.init(
      parameters: draft.parameters, completedAt: draft.completedAt, rating: draft.rating,
      isFavorite: draft.isFavorite, note: draft.note, jobID: draft.jobID, failure: draft.failure,
      usage: draft.usage, provider: draft.provider, parentChange: draft.parentChange,
      verdict: draft.verdict, gateway: draft.gateway, trashedAt: draft.trashedAt)
  }

  init(_ generation: Generation) {
    self.init(
      parameters: generation.parameters, completedAt: generation.completedAt,
      rating: generation.rating, isFavorite: generation.isFavorite, note: generation.note,
      jobID: generation.jobID, failure: generation.failure, usage: generation.usage,
      provider: generation.provider, parentChange: generation.parentChange,
      verdict: generation.verdict, gateway: generation.gateway, trashedAt: generation.trashedAt)
  }

  init(_ record: GenerationRecord) {
    self.init(
      parameters: record.parameters, completedAt: record.completedAt, rating: record.rating,
      isFavorite: record.isFavorite, note: record.note, jobID: record.jobID,
      failure: record.failure, usage: record.usage, provider: record.provider,
      parentChange: record.parentChange, verdict: record.verdict, gateway: record.gateway,
      trashedAt: record.trashedAt)
  }

  /// Puts the values into a generation that was loaded.
  func apply(to generation: inout Generation) {
    generation.parameters = parameters
    generation.completedAt = completedAt
    generation.rating = rating
    generation.isFavorite = isFavorite
    generation.note = note
    generation.jobID = jobID
    generation.failure = failure
    generation.usage = usage
    generation.provider = provider
    generation.parentChange = parentChange
    generation.verdict = verdict
    generation.gateway = gateway
    generation.trashedAt = trashedAt
  }

  /// Puts the values into a record.
  func apply(to record: inout GenerationRecord) {
    record.parameters = parameters
    record.completedAt = completedAt
    record.rating = rating
    record.isFavorite = isFavorite
    record.note = note
    record.jobID = jobID
    record.failure = failure
    record.usage = usage
    record.provider = provider
    record.parentChange = parentChange
    record.verdict = verdict
    record.gateway = gateway
    record.trashedAt = trashedAt
  }
}
