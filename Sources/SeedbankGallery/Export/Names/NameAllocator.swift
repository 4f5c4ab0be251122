/// Gives each image of an export a path of its own.
///
/// The first to ask for a name gets it; later ones get their own reference behind the name,
/// so that nobody's name hangs on how many came before. Names that only a careful file system tells
/// apart count as the same.
struct NameAllocator {
  private var taken: Set<String> = []

  init() {}

  /// Keeps `path` from being given out.
  ///
  /// - Returns: false where it is taken.
  @discardableResult
  mutating func reserve(_ path: RelativePath) -> Bool {
    taken.insert(path.collisionKey).inserted
  }

  func isFree(_ path: RelativePath) -> Bool { !taken.contains(path.collisionKey) }

  /// - Parameter reference: what names the image among all: `12`, `12.2`.
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
