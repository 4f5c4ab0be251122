import SeedbankStorage

extension NameTemplate {
  /// A name before it is known whether it is unique.
  struct Draft: Hashable, Sendable {
    var folders: [String]
    var stem: String
    /// `.jpg`.
    var ending: String

    /// The path, with a mark between stem and ending if one is needed.
    ///
    /// It is never that of a contact sheet.
    func path(mark: String = "") -> RelativePath {
      let name = SafeName.part(stem: stem, suffix: mark, ending: ending)
      let path = RelativePath(parts: folders + [name])
      guard folders.isEmpty, ExportLayout.isContactSheet(path.collisionKey.utf8) else {
        return path
      }
      return RelativePath(parts: [SafeName.part(stem: "_" + stem, suffix: mark, ending: ending)])
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
    let names = (under + folders).enumerated().map { Self.folder($1, isFirst: $0 == 0) }
    return Draft(folders: names, stem: stem, ending: ending)
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
  ///
  /// - Parameter isFirst: whether it is directly in the folder of the export.
  private static func folder(_ name: String, isFirst: Bool) -> String {
    let safe = SafeName.part(stem: name)
    let key = RelativePath(parts: [safe]).collisionKey
    let isTaken =
      key == ExportLayout.thumbnails || (isFirst && key == ExportLayout.references)
      || ExportLayout.endings.contains { key.hasSuffix($0) }
    return isTaken ? safe + "_" : safe
  }
}
