public import SeedbankModel
import SeedbankQuery

/// A state of the catalog that a reader has seen, so that later changes can be recognized.
public struct CatalogPosition: Sendable, Equatable {
  /// The id of the last generation.
  var newest: Int64 = 0
  /// The id of the last change in the history, undone or not.
  var lastChange: Int64 = 0
  /// The id of the last change in the history that is not undone.
  var standingChange: Int64 = 0
  /// The number of the last segments of other libraries, added up.
  ///
  /// A pull merges fields into known generations without an entry in the history.
  var pulled: Int64 = 0
  /// The status of each generation that is not complete.
  ///
  /// For a group that lacks images, it is the number of its images: they can arrive while nobody looks, and then its
  /// status is the same again.
  var unfinished: [Int64: String] = [:]
  /// The generations in the trash.
  var trashed: Set<Int64> = []
  /// The images without a file in the library.
  var absent = AbsentImages()

  init() {}
}

/// A change of a generation.
public struct GenerationChange: Sendable, Equatable {
  /// The kind of a change.
  public enum Kind: String, Sendable {
    /// It is new, or was restored from the trash.
    case added
    case changed
    /// It was moved to the trash, or deleted.
    case removed
  }

  /// The generation.
  public let id: GenerationID
  /// Nil if the generation was deleted.
  public let uid: UID?
  /// The kind of the change.
  public let kind: Kind
}

/// The changes between two states of the catalog.
public enum CatalogChanges: Sendable, Equatable {
  /// In the order of ids.
  case generations([GenerationChange])
  /// So many changes that a reader should read everything again.
  case many
}
