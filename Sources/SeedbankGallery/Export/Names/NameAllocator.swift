/// Gives each image of an export a unique path.
///
/// The first image with a name gets it. Later ones get their reference after the name, so that a name
/// does not depend on the number of earlier ones. Names that some file systems cannot distinguish count
/// as the same.
struct NameAllocator {
  private var taken: Set<String> = []

  init() {}

  /// Reserves `path`.
  ///
  /// - Returns: false if it is already used.
  @discardableResult
  mutating func reserve(_ path: RelativePath) -> Bool {
    taken.insert(path.collisionKey).inserted
  }

  func isFree(_ path: RelativePath) -> Bool { !taken.contains(path.collisionKey) }

  /// - Parameter reference: the reference of the image: `12`, `12.2`.
  mutating func claim(_ draft: NameTemplate.Draft, reference: String) -> RelativePath {
    var mark = ""
    var attempt = 1
    while true {
      let path = draft.path(mark: mark)
      if reserve(path) { return path }
      mark = "~" + reference + (attempt == 1 ? "" : "-\(attempt)")
      attempt += 1
    }
  }
}
