import FilePaths
import Platform
import SeedbankModel

/// Writes files into a folder and its record.
struct FolderTarget: Sendable {
  let folder: ExportFolder
  let file: RecordFile
  let link: LinkMode

  /// The decision about a needed file.
  func decide(_ path: RelativePath, recipe: String) -> ExportDecision {
    let found = folder.fact(path)
    return Self.decide(
      path, recipe: recipe, recorded: file.entry(path, as: found), found: found, in: folder)
  }

  static func decide(
    _ path: RelativePath, recipe: String, recorded: ExportEntry?, found: FileFact,
    in folder: ExportFolder
  ) -> ExportDecision {
    switch ExportDecision.about(recipe: recipe, recorded: recorded, found: found) {
    case .decided(let decision): return decision
    case .needsDigest:
      let digest = recorded?.digest(found: folder.absolute(path)) ?? ""
      let reached = ExportDecision.about(
        recipe: recipe, recorded: recorded, found: found, digest: digest)
      guard case .decided(let decision) = reached else { return .refuse(.edited) }
      return decision
    }
  }

  /// A complete file without its final name.
  struct Prepared: Sendable {
    let entry: ExportEntry
    let decision: ExportDecision
    fileprivate let bytes: Bytes
    /// The disk space that it needs; 0 for links.
    let size: Int64

    fileprivate enum Bytes {
      case draft(FilePath)
      /// A new hard link needs no draft, because it is complete at once.
      case link(to: FilePath)
    }
  }

  /// Writes the file under a draft's name.
  ///
  /// - Throws: `ExportError`.
  func prepare(_ produced: ProducedFile) throws(ExportError) -> Prepared {
    try folder.makeFolders(above: produced.path)
    if case .library(let source, let digest, _) = produced.content, link == .hard,
      produced.decision == .write
    {
      return try prepared(source, produced, digest.hex, .link(to: source), isLinked: true)
    }
    let draft = folder.draft()
    switch produced.content {
    case .bytes(let bytes):
      try FileCopying.write(bytes, to: draft)
      return try prepare(draft, produced, digest: Digest(of: bytes).hex)
    case .edited(let bytes, let edit, let source):
      let written = try FileCopying.write(bytes, edited: edit, of: source, to: draft)
      return try prepared(
        draft, produced, written.digest.hex, .draft(draft), splice: written.splice)
    case .library(let source, let digest, _):
      try FileCopying.link(source, to: draft, link)
      return try prepared(
        draft, produced, digest.hex, .draft(draft), isLinked: link != .copy)
    }
  }

  /// A draft that was written already.
  func prepare(
    _ draft: FilePath, _ produced: ProducedFile, digest: String
  ) throws(ExportError) -> Prepared {
    try prepared(draft, produced, digest, .draft(draft))
  }

  private func prepared(
    _ path: FilePath, _ produced: ProducedFile, _ digest: String, _ bytes: Prepared.Bytes,
    splice: InsertedRanges? = nil, isLinked: Bool = false
  ) throws(ExportError) -> Prepared {
    // The hard link is to the file itself, if the library contains only a symbolic link.
    let fact =
      if case .link = bytes { ExportFolder.factOfTarget(path) } else { ExportFolder.fact(path) }
    guard case .file(let isLink, let size, let modified) = fact else {
      throw .inputOutput(operation: "read", path: path, errno: ENOENT)
    }
    return Prepared(
      entry: produced.entry(
        isLink: isLink, size: size, modified: modified, digest: digest, splice: splice),
      decision: produced.decision, bytes: bytes, size: isLinked ? 0 : size)
  }

  /// Names files that are in the record.
  ///
  /// - Throws: `ExportError`; `.foreignFile` if another program has created a file of that name.
  func publish(_ prepared: [Prepared]) throws(ExportError) {
    for (index, file) in prepared.enumerated() {
      do throws(ExportError) {
        switch file.bytes {
        case .link(let source):
          try FileCopying.link(source, to: folder.absolute(file.entry.path), .hard)
        case .draft(let draft):
          try folder.publish(draft, as: file.entry.path, replacing: file.decision == .update)
        }
      } catch {
        // The record must not contain a file of another program. If an older exported file stays, the
        // next run recognizes it by the previous line.
        for file in prepared[index...] where file.decision == .write {
          try self.file.forget(file.entry.path)
        }
        throw error
      }
    }
  }
}
