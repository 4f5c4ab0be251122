/// What to do about one file of an export.
public enum ExportDecision: Hashable, Sendable {
  /// It is not there yet.
  case write
  /// It is there, written by an export, and out of date.
  case update
  /// It is there as it should be.
  case keep
  /// It is there, and is not (or no longer) what an export wrote: it stays.
  case refuse(Refusal)

  /// Whether a file is written because of it.
  var isWriting: Bool { self == .write || self == .update }

  /// Why a file is left as it is.
  public enum Refusal: String, Sendable {
    /// No export wrote it.
    case foreign
    /// An export wrote it, and somebody changed it since.
    case edited
  }
}

extension ExportDecision {
  /// What a decision still has to know.
  enum Reached: Hashable {
    case decided(ExportDecision)
    /// Size or time are not those that were written; only the bytes can tell whose they are.
    case needsDigest
  }

  /// Decides about a file that is wanted.
  ///
  /// - Parameters:
  ///   - recipe: what the file should be made from.
  ///   - recorded: what an export wrote under the name, if one did.
  ///   - found: what stands there now.
  ///   - digest: of the bytes that stand there; nil until asked for.
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
      // A power cut can leave a name without bytes; there is nothing in it to lose.
      if size == 0, !isLink { return .decided(.update) }
      guard isLink == recorded.isLink, size == recorded.size, !isLink else {
        return .decided(.refuse(.edited))
      }
      guard let digest else { return .needsDigest }
      return .decided(digest == recorded.digest ? outcome : .refuse(.edited))
    }
  }
}
