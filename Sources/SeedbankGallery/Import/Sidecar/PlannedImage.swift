import FilePaths
import SeedbankModel
import SeedbankStorage

/// What an import that is only rehearsed would write of an image, so that later sidecars of the image are
/// counted as the import would count them.
struct PlannedImage {
  /// The file that the import would add.
  let path: FilePath
  private(set) var hasNote: Bool
  private var tags: Set<TagName>
  private var hasRating: Bool
  /// The text of a tool beside another file.
  private var record: ForeignRecord?

  init(_ path: FilePath, _ draft: GenerationDraft) {
    self.path = path
    tags = Set(draft.tags)
    hasRating = draft.rating != nil
    hasNote = draft.note != nil
  }

  /// Takes the data of sidecars of another file.
  ///
  /// - Parameters:
  ///   - record: the text of a tool that the image gets.
  ///   - bringsNote: whether there is a note, if the image keeps the record of the file at `path`.
  /// - Returns: whether any of it is new.
  mutating func take(
    _ personal: PersonalMetadata, _ record: ForeignRecord?, bringsNote: Bool
  ) -> Bool {
    var isChanged = record != nil
    self.record = record ?? self.record
    for tag in personal.tags where tags.insert(tag).inserted { isChanged = true }
    if !hasRating, personal.rating != nil { (hasRating, isChanged) = (true, true) }
    let note = self.record.map { personal.note(beside: $0) != nil } ?? bringsNote
    if !hasNote, note { (hasNote, isChanged) = (true, true) }
    return isChanged
  }
}
