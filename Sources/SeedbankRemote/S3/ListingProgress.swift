/// Notices a listing that would have no end.
///
/// A service that ignores the token returns its first page again and again.
struct ListingProgress {
  /// The most pages without an object, one after the other.
  ///
  /// A service can return some of them for objects that were removed.
  static let emptyPageLimit = 1_000
  private var tokens: Set<String> = []
  private var last: String?
  private var emptyPages = 0

  /// Returns false if a page repeats the token of an earlier one or the last key, or if too many have no object.
  mutating func goesOn(with page: S3Listing) -> Bool {
    if let token = page.continuation, !tokens.insert(token).inserted { return false }
    guard let key = page.objects.last?.key else {
      emptyPages += 1
      return emptyPages < Self.emptyPageLimit
    }
    defer { (last, emptyPages) = (key, 0) }
    return key != last
  }
}
