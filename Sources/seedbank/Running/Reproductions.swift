import Gateway
import Storage
import Sync

/// The requests that come of one recorded request, checked and ready to be recorded.
struct Reproductions {
  let drafts: [GenerationDraft]
  private let plan: ReproductionPlan
  private let original: Generation

  /// - Throws: `RequestError`, `LibraryError`.
  init(
    of original: Generation, in library: Library, _ options: ReproductionOptions,
    tags: [TagName], gateway: String
  ) throws {
    var dice = SystemRandomNumberGenerator()
    let plan = try ReproductionPlan(
      of: original, recorded: library.requestBody(of: original.id))
    self.plan = plan
    self.original = original
    drafts = try options.cells(of: plan.fields.seed, using: &dice).map { changes in
      try plan.draft(
        plan.cell(changes, using: &dice), tags: tags, gateway: gateway, at: Clock.now(),
        using: &dice)
    }
  }

  /// What is to be known before anything is sent.
  func warn(_ session: Session) {
    let model = plan.fields.model ?? "the gateway's own model"
    switch plan.seedHandling {
    case .documented: break
    case .disputed:
      session.talk.warn(
        "whether \(model) honours seeds is disputed",
        hint: "its maker's page does not list the seed; the image may well be another one")
    case .unknown:
      session.talk.warn("nothing is known of how \(model) treats seeds")
    }
    if plan.fields.seed == nil {
      session.talk.warn(
        "the seed of \(original.id) is not known, so a new one is drawn",
        hint: "the image will be another one")
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
