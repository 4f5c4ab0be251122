/// Permission to send one request.
///
/// It distinguishes "not submitted" from "outcome unknown".
///
/// The HTTP library asks each time before it sends the first byte of a request. A submit gets permission
/// once, so it cannot be sent twice, even if the library repeats it.
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
