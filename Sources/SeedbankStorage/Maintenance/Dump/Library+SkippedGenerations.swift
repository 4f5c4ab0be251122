internal import GRDB
import SeedbankModel

extension Library {
  /// Returns the generations of another library that a restore of it skips.
  ///
  /// They were permanently deleted here or in a third library that the other one knows of, were not
  /// restored afterwards, and are not in this library.
  ///
  /// - Throws: `LibraryError`.
  func generationsToSkip(of other: Library) throws -> Set<GenerationID> {
    let theirs = try other.read { try Erasures.times(in: $0) }
    let erased = try read { database in
      var finder = try GenerationFinder(database)
      return try Erasures.times(in: database).merging(theirs) { max($0, $1) }
        .filter { try finder.id(of: $0.key) == nil }
    }
    return try other.read { database in
      var finder = try GenerationFinder(database)
      var skipped: Set<GenerationID> = []
      for (uid, time) in erased {
        guard let id = try finder.id(of: uid) else { continue }
        let revivedAt = try Erasures.revivedAt(id, in: database)
        if Erasure(at: time).covers(revivedAt) { skipped.insert(GenerationID(id)) }
      }
      return skipped
    }
  }
}
