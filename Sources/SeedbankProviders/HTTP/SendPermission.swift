/// Permission to send one request: what tells "not submitted" from "outcome unknown".
///
/// The HTTP library asks before the first byte of a request, each time that it is about to send it. A
/// submit gets permission once, so it cannot go out twice, whatever the library tries again.
struct SendPermission {
  private var left: Int
  private(set) var wasGiven = false

  init(times: Int) {
    left = times
  }

  mutating func ask() -> Bool {
    guard left > 0 else { return false }
    left -= 1
    wasGiven = true
    return true
  }

  /// Nothing is sent from now on.
  mutating func withdraw() {
    left = 0
  }
}
