import SeedbankModel
import SeedbankStorage

/// The report of `undo` and `redo`.
struct HistoryText {
  let steps: [HistoryStep]
  /// `undone`, `would redo`.
  let verb: String

  /// As many skipped fields as are named on standard error.
  private static let named = 20

  /// - Throws: a `BatchOutcome` of status 66 if no edit could be undone or redone.
  func print(
    as command: String, _ change: DryRunOption, _ options: ReportOptions, _ session: Session
  ) throws {
    CommandReport(command, change, text: text) { object in
      object.key("steps")
      object.array { array in
        for step in steps { array.object { step.write(to: &$0) } }
      }
    }.print(options, session)
    for step in steps { warn(about: step, session) }
    if steps.allSatisfy(\.isWithoutEffect) { try BatchOutcome.end(with: .noInput) }
  }

  private var text: String {
    steps.map { step in
      "\(step.isWithoutEffect ? "not " : "")\(verb): \(SafeText.line(step.change.action))\n"
    }.joined()
  }

  private func warn(about step: HistoryStep, _ session: Session) {
    for kept in step.kept.prefix(Self.named) {
      let what = kept.generation.map { "\(kept.field) of generation \($0)" } ?? "\(kept.field)"
      session.talk.warn("\(what) was edited since and is skipped")
    }
    if step.kept.count > Self.named {
      session.talk.warn("and \(step.kept.count - Self.named) more")
    }
    if step.gone > 0 {
      session.talk.warn(
        "\(Count.text(step.gone, "field")) cannot be set, because "
          + (step.gone == 1 ? "its generation was" : "the generations were")
          + " permanently deleted")
    }
  }
}

extension HistoryStep {
  /// Whether everything in the edit was edited since or deleted.
  fileprivate var isWithoutEffect: Bool { fields == 0 && (!kept.isEmpty || gone > 0) }

  fileprivate func write(to object: inout JSONWriter) {
    object.member("change", change.id)
    object.member("action", change.action)
    object.member("fields", fields)
    object.key("skipped")
    object.array { array in
      for kept in kept {
        array.object { entry in
          entry.member("id", kept.generation?.rawValue)
          entry.member("field", kept.field.description)
        }
      }
    }
    object.member("deleted", gone)
  }
}
