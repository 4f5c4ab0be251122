public import SeedbankModel
import SeedbankQuery

/// What a reader of the catalog has seen, so that later changes can be told from it.
public struct CatalogPosition: Sendable, Equatable {
  /// The id of the last generation.
  var newest: Int64 = 0
  /// The id of the last change in the history, undone or not.
  var lastChange: Int64 = 0
  /// The id of the last change in the history that is not undone.
  var standingChange: Int64 = 0
  /// The status of each generation that is not complete.
  var unfinished: [Int64: String] = [:]
  /// The generations in the trash.
  var trashed: Set<Int64> = []

  init() {}
}

/// Something that happened to a generation.
public struct GenerationChange: Sendable, Equatable {
  /// What happened to a generation.
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
  /// What happened to it.
  public let kind: Kind
}

/// What happened between two looks at the catalog.
public enum CatalogChanges: Sendable, Equatable {
  /// In the order of ids.
  case generations([GenerationChange])
  /// So much that a reader had better read everything again.
  case many
}
