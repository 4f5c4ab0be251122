import SeedbankStorage

/// What undoing or redoing came to.
enum TurnText {
  static func write(_ turns: [HistoryStep], _ verb: String, to session: Session) {
    for turn in turns {
      session.output.write("\(verb): \(SafeText.line(turn.change.action))\n")
      for kept in turn.kept.prefix(20) {
        let what = kept.generation.map { "\(kept.field) of generation \($0)" } ?? "\(kept.field)"
        session.talk.warn("\(what) was skipped: it was edited since")
      }
      if turn.kept.count > 20 { session.talk.warn("and \(turn.kept.count - 20) more") }
      if turn.gone > 0 {
        session.talk.warn(
          "\(Count.text(turn.gone, "field")) skipped: the generations were permanently deleted")
      }
    }
  }
}
