package import SeedbankModel

/// One sending of a generation's request.
///
/// A reply that is kept in a file belongs to one attempt. So what is left of an earlier attempt is never taken for
/// the reply to a later one, in whatever order processes end.
package struct RequestAttempt: Sendable, Hashable {
  /// The generation.
  package let uid: UID
  /// Counted from 1.
  package let number: Int

  /// Makes an attempt.
  package init(uid: UID, number: Int) {
    self.uid = uid
    self.number = number
  }

  /// The attempt after this one.
  package var next: RequestAttempt { RequestAttempt(uid: uid, number: number + 1) }
}
