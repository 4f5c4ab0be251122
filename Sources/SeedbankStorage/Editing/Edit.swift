public import SeedbankModel

/// What people do to generations that they have chosen; each is one entry in the history.
public enum Edit: Hashable, Sendable {
  case tag(add: [TagName], remove: [TagName])
  /// 1…5 stars, or nil for none.
  case rate(Int?)
  /// Nil or empty text takes the note away.
  case note(String?)
  case favorite(Bool)
  /// Adds them at the end of a collection, which is created if it does not exist.
  case collect(String)
  case uncollect(String)
  /// Moves them, in the given order, to the start of the collection.
  case arrange(String)
  /// Moves them to the trash.
  case trash
  /// Takes them out of the trash.
  case restore
}

/// What people do to the things that generations are filed under; each is one entry in the history.
public enum CatalogEdit: Hashable, Sendable {
  /// Renames the tag and what lies under it; a name that is taken already takes in the generations.
  case renameTag(TagName, to: TagName)
  /// Takes the tag off every generation; tags under it stay.
  case deleteTag(TagName)
  case deleteCollection(String)
  case renameCollection(String, to: String)
  case saveSearch(name: String, query: String)
  case deleteSearch(String)
}

/// What came of an edit.
public struct EditReport: Hashable, Sendable {
  /// Generations in which something changed.
  public var changed = 0
  /// These generations, in the order in which they were edited.
  public var changedIDs: [GenerationID] = []
  /// The history's entry, or nil where nothing changed or nothing was written.
  public var change: Int64?

  /// Makes an edit that changes nothing.
  public init() {}
}

/// Why an edit can't be made; nothing was changed.
public enum EditError: Error, Hashable, Sendable {
  case noSuchTag(TagName)
  case noSuchCollection(String)
  case collectionExists(String)
  case noSuchSearch(String)
  /// A tag can't come to lie under itself.
  case renamesIntoItself(TagName)
  case badRating(Int)
  /// Names are not empty, hold no control characters and are at most 200 bytes long.
  case badName(String)
  /// Fewer edits can be undone than were asked for.
  case nothingToUndo(available: Int)
  /// Fewer edits can be redone than were asked for.
  case nothingToRedo(available: Int)
}
