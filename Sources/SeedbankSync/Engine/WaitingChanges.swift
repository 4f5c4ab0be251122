import SeedbankStorage
import Synchronization

/// The changes of the catalog that wait for their turn and can share a transaction.
final class WaitingChanges: Sendable {
  final class Entry: Sendable {
    fileprivate let change: CatalogChange
    private let state = Mutex<Result<Void, any Error>?>(nil)

    fileprivate init(_ change: CatalogChange) { self.change = change }

    /// Nil until the change was made or refused.
    fileprivate var result: Result<Void, any Error>? { state.withLock { $0 } }

    fileprivate func finish(_ result: Result<Void, any Error>) { state.withLock { $0 = result } }
  }

  private let entries = Mutex<[Entry]>([])

  /// Adds a change, which the next turn makes.
  func add(_ change: CatalogChange) -> Entry {
    let entry = Entry(change)
    entries.withLock { $0.append(entry) }
    return entry
  }

  /// Makes all changes that wait, unless an earlier turn has made this one.
  ///
  /// - Throws: The error of this change.
  func make(_ own: Entry, in library: Library) throws {
    if let result = own.result { return try result.get() }
    let others = entries.withLock { entries in
      defer { entries = [] }
      return entries.filter { $0 !== own }
    }
    let results = library.make([own.change] + others.map(\.change))
    for (entry, result) in zip(others, results.dropFirst()) { entry.finish(result) }
    try results[0].get()
  }
}
