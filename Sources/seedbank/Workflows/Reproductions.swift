import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import SeedbankSync

/// The requests that come of one recorded request, checked and ready to be recorded.
struct Reproductions {
  let grid: VariationGrid
  private let original: Generation
  /// In the order of the grid's cells.
  private let places: [Place]
  private let isSeedDrawn: Bool

  private enum Place {
    case new(GenerationDraft)
    /// What the very same request already came to.
    case made(GenerationID)
  }

  /// - Throws: `RequestError`, `LibraryError`.
  init(
    of original: Generation, in library: Library, _ options: ReproductionOptions,
    tags: [TagName], gateway: String
  ) throws {
    var dice = SystemRandomNumberGenerator()
    let plan = try ReproductionPlan(
      of: original, recorded: library.requestBody(of: original.id))
    let grid = try options.grid(of: plan.fields.seed, using: &dice)
    try plan.checkSeed(isChosen: options.choosesSeed(in: grid))
    let made = options.reuse ? try AlreadyMade(of: original, in: library) : nil
    self.original = original
    self.grid = grid
    isSeedDrawn = plan.fields.seed == nil && !options.choosesSeed(in: grid)
    places = try grid.cells.map { changes in
      let cell = try plan.cell(changes, using: &dice)
      if let id = made?.id(of: cell.body) { return .made(id) }
      return .new(
        try plan.draft(cell, tags: tags, gateway: gateway, at: Clock.now(), using: &dice))
    }
  }

  private var drafts: [GenerationDraft] {
    places.compactMap { if case .new(let draft) = $0 { draft } else { nil } }
  }

  /// Records what is new.
  ///
  /// - Returns: all of them, in the order of the grid's cells.
  /// - Throws: `LibraryError`.
  func record(in library: Library) throws -> [GenerationID] {
    var recorded = try library.record(drafts)[...]
    return places.compactMap { place in
      if case .made(let id) = place { id } else { recorded.popFirst() }
    }
  }

  /// What is to be known before anything is sent.
  func warn(_ session: Session) {
    for name in Set(drafts.map(\.parameters.model)) {
      let model = name ?? "the gateway's own model"
      switch ModelRules.of(name).seed {
      case .documented: break
      case .disputed:
        session.talk.warn(
          "whether \(model) honours seeds is disputed",
          hint: "its maker's page does not list the seed; the image may well be another one")
      case .unknown:
        session.talk.warn("nothing is known of how \(model) treats seeds")
      }
    }
    if original.gateway == nil {
      session.talk.warn(
        "\(original.id) was not made through a gateway",
        hint: "its seed means something else there; the image will be another one")
    }
    if isSeedDrawn {
      session.talk.warn(
        "the seed of \(original.id) is not known, so a new one is drawn",
        hint: "the image will be another one")
    }
    let reused = places.count - drafts.count
    if reused > 0 {
      session.talk.note("\(reused) of \(places.count) were made before and are taken")
    }
  }

  /// Prints the requests that would be sent.
  func describe(_ session: Session) {
    for draft in drafts {
      let body = String(decoding: draft.requestBody ?? [], as: UTF8.self)
      session.output.write(
        (session.terminal.isPresent ? SafeText.line(body) : body) + "\n")
    }
  }
}
