import SeedbankStorage

extension NameTemplate {
  /// A name before it is known whether it is unique.
  struct Draft: Hashable, Sendable {
    var folders: [String]
    var stem: String
    /// `.jpg`.
    var ending: String

    /// The path, with a mark between stem and ending if one is needed.
    func path(mark: String = "") -> RelativePath {
      RelativePath(parts: folders + [SafeName.part(stem: stem, suffix: mark, ending: ending)])
    }
  }

  /// The name of an image.
  ///
  /// The same values always give the same name.
  ///
  /// - Parameter under: folders before those of the template. Unsafe characters are replaced in them too.
  func draft(for facts: NameFacts, under: [String] = []) -> Draft {
    let folders = parts.dropLast().map { render($0, facts) }
    let ending = "." + LibraryFolder.fileExtension(of: facts.image.format)
    var stem = render(parts.last ?? [], facts)
    if stem.lowercased().hasSuffix(ending) { stem.removeLast(ending.count) }
    return Draft(folders: (under + folders).map(Self.folder), stem: stem, ending: ending)
  }

  private func render(_ pieces: [Piece], _ facts: NameFacts) -> String {
    pieces.reduce(into: "") { text, piece in
      switch piece {
      case .text(let literal): text += literal
      case .field(let field, let format):
        var limit: Int?
        if case .limited(let count) = format { limit = count }
        let slug = facts.text(field, format).map { SafeName.slug($0, limit: limit) } ?? ""
        text += slug.isEmpty ? field.placeholder : slug
      }
    }
  }

  /// A safe name for a folder.
  ///
  /// It is never a reserved name, and never one that a file could have.
  private static func folder(_ name: String) -> String {
    let safe = SafeName.part(stem: name)
    let lower = safe.lowercased()
    let isTaken =
      lower == ExportLayout.thumbnails
      || ExportLayout.endings.contains { lower.hasSuffix($0) }
    return isTaken ? safe + "_" : safe
  }
}
