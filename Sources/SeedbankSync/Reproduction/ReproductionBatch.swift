public import SeedbankModel
public import SeedbankProviders
public import SeedbankStorage

/// The requests that reproduce one generation, checked and ready to be recorded.
public struct ReproductionBatch: Sendable {
  /// The generation that is reproduced.
  public let original: Generation
  /// The changes of each request.
  public let grid: VariationGrid
  /// Whether a random seed is used because the original's is not known.
  public let isSeedDrawn: Bool
  /// The provider that the requests are for.
  public let provider: RequestProvider
  /// Parameters of the original that the provider does not take.
  public let leftOut: [RequestParameter]
  /// In the order of the grid's cells.
  private let entries: [Entry]

  private enum Entry {
    case new(GenerationDraft)
    /// An existing result of the same request.
    case existing(GenerationID)
  }

  /// Checks every request of the grid.
  ///
  /// - Parameters:
  ///   - plan: the plan of the original.
  ///   - isSeedChosen: whether a person chose the seeds of the grid.
  ///   - isReusing: whether existing results of the same request take the place of new requests.
  ///   - expectsRemoteFiles: whether reference images that are on a remote only are no error, because
  ///     nothing is sent before they are downloaded.
  /// - Throws: `ReproductionError`, `RequestError`, `LibraryError`.
  public init(
    of original: Generation, _ plan: ReproductionPlan, through grid: VariationGrid,
    isSeedChosen: Bool, isReusing: Bool, expectsRemoteFiles: Bool = false, in library: Library,
    tags: [TagName], at time: Timestamp, using random: inout some RandomNumberGenerator
  ) throws {
    try plan.checkSeed(isChosen: isSeedChosen)
    let provider = plan.provider
    let recorded =
      isReusing ? try RecordedRequests(of: original, at: provider.name, in: library) : nil
    try Self.checkModel(of: original, in: grid, by: provider.service)
    self.original = original
    self.grid = grid
    self.provider = provider
    isSeedDrawn =
      plan.fields.seed == nil && !isSeedChosen
      && provider.service.rules(of: original.parameters.model).takesSeed
    var leftOut: [RequestParameter] = []
    var entries: [Entry] = []
    var areFilesChecked = false
    for changes in grid.cells {
      let changes = isSeedChosen ? changes : plan.withoutUnusedSeed(changes)
      let cell = try Self.cell(changes, plan, using: &random)
      leftOut += cell.leftOut.filter { !leftOut.contains($0) }
      if let id = recorded?.id(of: cell.encoded) {
        entries.append(.existing(id))
      } else {
        let draft = try plan.draft(cell, tags: tags, at: time, using: &random)
        // All requests of a grid have the same reference images.
        if !areFilesChecked {
          let references = draft.references.filter { !expectsRemoteFiles || $0.place != .remote }
          try Self.checkFiles(of: references, draft, of: original.id, in: library)
        }
        areFilesChecked = true
        entries.append(.new(draft))
      }
    }
    self.entries = entries
    self.leftOut = leftOut
  }

  /// The recorded request can contain links, but a changed one is written with the recorded files.
  private static func cell(
    _ changes: [RequestChange], _ plan: ReproductionPlan,
    using random: inout some RandomNumberGenerator
  ) throws -> ReproductionPlan.Cell {
    do {
      return try plan.cell(changes, using: &random)
    } catch RequestError.referenceMustBeLink(_, let model) {
      throw ReproductionError.linksOnly(
        plan.original, model: model, isRecorded: plan.isRecorded)
    }
  }

  /// A request without one of its reference images gives another image.
  private static func checkFiles(
    of references: [ReferenceImage], _ draft: GenerationDraft, of original: GenerationID,
    in library: Library
  ) throws {
    let body = draft.requestBody ?? []
    var missing: [ReferenceImage] = []
    for reference in references {
      do {
        _ = try ReferenceFiles([reference], of: body, in: library.folder)
      } catch is UnreadableReference {
        missing.append(reference)
      }
    }
    guard !missing.isEmpty else { return }
    let positions = missing.map(\.position)
    throw missing.allSatisfy { $0.place == .remote }
      ? ReproductionError.referencesRemote(original, positions: positions)
      : ReproductionError.referencesMissing(original, positions: positions)
  }

  /// A model that only the tool of an imported image has cannot be requested.
  private static func checkModel(
    of original: Generation, in grid: VariationGrid, by service: any ImageService
  ) throws(ReproductionError) {
    guard original.gateway == nil, let model = original.parameters.model,
      service.rules(of: model).family == nil,
      !(grid.fixed.map(\.field) + grid.axes.map(\.field)).contains(.model)
    else { return }
    throw .foreignModel(original.id, model)
  }

  /// The new requests.
  package var drafts: [GenerationDraft] {
    entries.compactMap { if case .new(let draft) = $0 { draft } else { nil } }
  }

  /// Whether a new request is the same as the original's, so that the images are compared.
  package var hasUnchangedRequest: Bool {
    drafts.contains { ReproductionPlan.isUnchanged($0.parentChange) }
  }

  /// The number of results, new and existing.
  public var count: Int { entries.count }

  /// Records the new requests.
  ///
  /// - Returns: all results, in the order of the grid's cells.
  /// - Throws: `LibraryError`.
  public func record(in library: Library) throws -> [GenerationID] {
    var recorded = try library.record(drafts)[...]
    return entries.compactMap { entry in
      if case .existing(let id) = entry { id } else { recorded.popFirst() }
    }
  }
}

/// Why a generation cannot be reproduced.
public enum ReproductionError: Error, Equatable, Sendable {
  /// An import was generated with a model that the gateway does not have.
  case foreignModel(GenerationID, String)
  /// The request would contain files, and the model takes reference images only as links.
  ///
  /// A recorded request contains the links, so it can be repeated unchanged.
  case linksOnly(GenerationID, model: String?, isRecorded: Bool)
  /// The files of these reference images are not in the library.
  case referencesMissing(GenerationID, positions: [Int])
  /// The files of these reference images are on a remote only.
  case referencesRemote(GenerationID, positions: [Int])
}
