import TestRandomness

@testable import SeedbankModel
@testable import SeedbankStorage

/// A random edit of generations or of the catalog; it uses only a few names, so that edits affect
/// each other.
enum AnyEdit {
  case generations(Edit, [GenerationID])
  case catalog(CatalogEdit)

  static func random(on ids: [GenerationID], _ random: inout SeededGenerator) -> AnyEdit {
    let tags = ["a", "b", "a/x", "c"].compactMap { TagName($0) }
    let names = ["best", "odd \"one\""]
    func tag() -> TagName { tags[Int.random(in: 0..<tags.count, using: &random)] }
    func name() -> String { names[Int.random(in: 0..<names.count, using: &random)] }
    let some = ids.shuffled(using: &random).prefix(Int.random(in: 1...ids.count, using: &random))
    let edit: Edit
    switch Int.random(in: 0...13, using: &random) {
    case 0, 1, 2: edit = .tag(add: [tag()], remove: [tag()])
    case 3: edit = .rate(Int.random(in: 0...1, using: &random) == 0 ? nil : 4)
    case 4: edit = .note(random.maybe { $0.awkwardText() })
    case 5: edit = .favorite(Bool.random(using: &random))
    case 6, 7: edit = .collect(name())
    case 8: edit = .uncollect(name())
    case 9: edit = .arrange(name())
    case 10: edit = .trash
    case 11: edit = .restore
    case 12:
      let catalog: [CatalogEdit] = [
        .renameTag(tag(), to: tag()), .deleteTag(tag()), .deleteCollection(name()),
        .renameCollection(name(), to: name()),
      ]
      return .catalog(catalog[Int.random(in: 0..<catalog.count, using: &random)])
    default:
      return .catalog(
        Bool.random(using: &random)
          ? .saveSearch(name: name(), query: random.awkwardText()) : .deleteSearch(name()))
    }
    return .generations(edit, Array(some))
  }

  /// Performs the edit; an edit that cannot be made changes nothing.
  @discardableResult
  func perform(on library: Library, at time: Timestamp) throws -> EditReport? {
    do {
      switch self {
      case .generations(let edit, let ids):
        return try library.edit(edit, on: ids, by: "ana", at: time)
      case .catalog(let edit): return try library.edit(edit, by: "ana", at: time)
      }
    } catch is EditError {
      return nil
    }
  }
}
