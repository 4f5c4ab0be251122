internal import GRDB
import SeedbankModel

/// Merges tags, collections and saved searches as such.
struct LibraryFieldMerger {
  let database: Database
  /// The creation times of collections in the file, for collections that are created again for
  /// their members.
  private(set) var collectionTimes: [ExactText: Int64] = [:]
  private var removals: Set<EditField> = []

  init(_ database: Database) { self.database = database }

  mutating func merge(
    _ theirs: LibraryField, _ report: inout RestoreReport, _ replaced: inout ReplacedEdits
  ) throws {
    let field = theirs.field
    if case .collection(let name) = field, let time = theirs.value.flatMap({ Int64($0) }) {
      collectionTimes[ExactText(name)] = time
    }
    let stamp = try Int64.fetchOne(
      database.cachedStatement(sql: "SELECT at FROM library_edit WHERE field = ?"),
      arguments: [field.description])
    let our = VersionedValue(
      value: removals.contains(field) ? nil : try LibraryFields.value(field, in: database),
      at: stamp.map(Timestamp.init(milliseconds:)))
    let their = VersionedValue(value: theirs.value, at: theirs.editedAt)
    let merged = VersionedValue.merge(our, their)
    if !merged.hasValue(of: our) {
      if !Self.isCreatedTwice(field, our, merged) { replaced.note(field, our) }
      if merged.value == nil {
        removals.insert(field)
      } else {
        removals.remove(field)
        try LibraryFields.set(field, to: merged.value, in: database)
      }
    }
    guard let time = merged.at, merged.at != our.at else { return }
    report.newerFields += 1
    try database.cachedStatement(
      sql: """
        INSERT INTO library_edit(field, at) VALUES (?, ?)
        ON CONFLICT DO UPDATE SET at = excluded.at
        """
    ).execute(arguments: [field.description, time.milliseconds])
  }

  /// Whether both libraries created a collection, so that only the time of its creation is another one.
  private static func isCreatedTwice(
    _ field: EditField, _ our: VersionedValue, _ merged: VersionedValue
  ) -> Bool {
    guard case .collection = field else { return false }
    return our.value != nil && merged.value != nil
  }

  /// Removes tags and collections after their generations have been removed from them.
  func finish() throws {
    for field in removals { try LibraryFields.set(field, to: nil, in: database) }
  }
}
