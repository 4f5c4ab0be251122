/// Decides about one file of an export.
public enum ExportDecision: Hashable, Sendable {
  /// It does not exist yet.
  case write
  /// It exists, was written by an export, and is out of date.
  case update
  /// It is up to date.
  case keep
  /// It exists, but was not written by an export, or was changed since. It is not replaced.
  case refuse(Refusal)

  /// Whether a file is written because of it.
  var isWriting: Bool { self == .write || self == .update }

  /// Why a file is not replaced.
  public enum Refusal: String, Sendable {
    /// No export wrote it.
    case foreign
    /// It was written by an export and changed since.
    case edited
  }
}

extension ExportDecision {
  /// What a decision needs to know.
  enum Reached: Hashable {
    case decided(ExportDecision)
    /// Its size or time differs from the record, so its digest is needed.
    case needsDigest
  }

  /// Decides about a needed file.
  ///
  /// - Parameters:
  ///   - recipe: how the file should be created.
  ///   - recorded: the file that an export wrote with this name, if any.
  ///   - found: the current file.
  ///   - digest: the digest of the current file; nil until it is requested.
  static func about(
    recipe: String, recorded: ExportEntry?, found: FileFact, digest: String? = nil
  ) -> Reached {
    switch found {
    case .absent: return .decided(.write)
    case .other: return .decided(.refuse(.foreign))
    case .file(let isLink, let size, _):
      guard let recorded else { return .decided(.refuse(.foreign)) }
      let outcome: ExportDecision = recorded.recipe == recipe ? .keep : .update
      if recorded.matches(found) { return .decided(outcome) }
      // After a power failure, a file may be empty. It contains nothing that could be lost.
      if size == 0, !isLink { return .decided(.update) }
      guard isLink == recorded.isLink, size == recorded.size, !isLink else {
        return .decided(.refuse(.edited))
      }
      guard let digest else { return .needsDigest }
      return .decided(digest == recorded.digest ? outcome : .refuse(.edited))
    }
  }
}
