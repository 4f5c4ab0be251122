import SeedbankStorage

/// The report of `undo` and `redo`.
enum HistoryText {
  /// - Throws: a `BatchOutcome` of status 66 if no edit could be undone or redone.
  static func write(_ steps: [HistoryStep], _ verb: String, to session: Session) throws {
    for step in steps {
      let action = SafeText.line(step.change.action)
      session.output.write(
        step.isWithoutEffect ? "not \(verb): \(action)\n" : "\(verb): \(action)\n")
      for kept in step.kept.prefix(20) {
        let what = kept.generation.map { "\(kept.field) of generation \($0)" } ?? "\(kept.field)"
        session.talk.warn("\(what) was edited since and is skipped")
      }
      if step.kept.count > 20 { session.talk.warn("and \(step.kept.count - 20) more") }
      if step.gone > 0 {
        session.talk.warn(
          "\(Count.text(step.gone, "field")) cannot be set: the generations were permanently deleted"
        )
      }
    }
    if steps.allSatisfy(\.isWithoutEffect) { try BatchOutcome.end(with: .noInput) }
  }
}

extension HistoryStep {
  /// Whether everything in the edit was edited since or deleted.
  fileprivate var isWithoutEffect: Bool { fields == 0 && (!kept.isEmpty || gone > 0) }
}
