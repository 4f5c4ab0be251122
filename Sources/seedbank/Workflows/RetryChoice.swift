/// The generations to retry.
struct RetryChoice {
  /// Requests with an unknown outcome; they may be charged twice.
  var unknown = false
  /// Images of lost generations, and missing images of groups.
  var lost = false
}
