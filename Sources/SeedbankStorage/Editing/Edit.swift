public import SeedbankModel

/// An edit of selected generations, which is one entry in the history.
public enum Edit: Hashable, Sendable {
  case tag(add: [TagName], remove: [TagName])
  /// Sets 1 to 5 stars, or nil for none.
  case rate(Int?)
  /// Sets the note; nil or an empty text removes it.
  case note(String?)
  /// Sets the note, if it is still the given one.
  case changeNote(from: String?, to: String?)
  /// Adds the text to the note, on a new line if there is one.
  case appendNote(String)
  case favorite(Bool)
  /// Adds them at the end of a collection, which is created if it does not exist.
  case collect(String)
  case uncollect(String)
  /// Moves them, in the given order, to the start of the collection.
  case arrange(String)
  /// Moves them to the trash.
  case trash
  /// Restores them from the trash.
  case restore
}

/// An edit of tags, collections or saved searches, which is one entry in the history.
public enum CatalogEdit: Hashable, Sendable {
  /// Renames the tag and the tags below it; if the new name exists, the generations are added to
  /// it.
  case renameTag(TagName, to: TagName)
  /// Removes the tag from all generations; tags below it stay.
  case deleteTag(TagName)
  case deleteCollection(String)
  case renameCollection(String, to: String)
  case saveSearch(name: String, query: String)
  case deleteSearch(String)
}

/// The result of an edit.
public struct EditReport: Hashable, Sendable {
  /// Generations in which something changed.
  public var changed = 0
  /// The changed generations, in the order in which they were edited.
  public var changedIDs: [GenerationID] = []
  /// The entry in the history; nil if nothing changed or nothing was written.
  public var change: Int64?

  /// Makes the report of an edit that changes nothing.
  public init() {}
}

/// Why an edit cannot be made; nothing was changed.
public enum EditError: Error, Hashable, Sendable {
  case noSuchTag(TagName)
  case noSuchCollection(String)
  case collectionExists(String)
  case noSuchSearch(String)
  /// A tag cannot be below itself.
  case renamesIntoItself(TagName)
  case badRating(Int)
  /// A name is empty, contains control characters or is longer than 200 bytes.
  case badName(String)
  /// Another edit changed the note while this one was made.
  case noteChanged
  /// The trash no longer has the content that was shown.
  case trashChanged
  /// Fewer edits can be undone than requested.
  case nothingToUndo(available: Int)
  /// Fewer edits can be redone than requested.
  case nothingToRedo(available: Int)
  /// The edit is not the next one that can be undone.
  case notNextToUndo(Int64)
  /// The edit is not the next one that can be redone.
  case notNextToRedo(Int64)
}
