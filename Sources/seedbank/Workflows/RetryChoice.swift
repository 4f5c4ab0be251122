/// What a person wants to be tried again.
struct RetryChoice {
  /// Requests with an unknown outcome; they may be charged twice.
  var unknown = false
  /// Images of lost generations, and those that are missing from a group.
  var lost = false
}
