import SeedbankModel

extension GenerationRecord {
  /// The heads of the columns that ``cells`` fills, in the order of the record's members.
  package static let columns = RecordMember.all.flatMap(\.heads)

  /// The record as a row of a table.
  ///
  /// Tags are separated by `;`, and so are the digests of reference images. The images are their
  /// number, and the path and digest of the first one.
  public var cells: [String?] {
    let content = GenerationContent(self)
    return RecordMember.all.flatMap { $0.cells(self, content) }
  }
}

extension RecordMember {
  fileprivate var heads: [String] {
    switch self {
    case .field(let field): return field.isInTables ? [field.name] : []
    case .other(let key):
      switch key {
      case .id, .uid, .status, .prompt, .createdAt, .tags, .parent, .references:
        return [key.rawValue]
      case .images: return ["images", "path", "sha256"]
      default: return []
      }
    }
  }

  fileprivate func cells(_ record: GenerationRecord, _ content: GenerationContent) -> [String?] {
    switch self {
    case .field(let field): return field.isInTables ? [field.text(content)] : []
    case .other(let key):
      switch key {
      case .id: return [record.id?.description]
      case .uid: return [record.uid?.description]
      case .status: return [record.status?.rawValue]
      case .prompt: return [record.prompt]
      case .createdAt: return [record.createdAt?.description]
      case .tags: return [record.tags.map(\.description).joined(separator: ";")]
      case .parent: return [record.parent?.description]
      case .images:
        let first = record.images.first
        return [record.images.count.description, first?.path, first?.digest.hex]
      case .references: return [record.references.map(\.digest.hex).joined(separator: ";")]
      default: return []
      }
    }
  }
}
