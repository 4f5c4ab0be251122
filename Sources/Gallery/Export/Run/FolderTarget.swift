import Glibc
import Storage

/// Puts files into a folder and its record.
struct FolderTarget: Sendable {
  let folder: ExportFolder
  let file: RecordFile
  let link: LinkMode

  /// What is to be done about a file that is wanted.
  func decide(_ path: RelativePath, recipe: String) -> ExportDecision {
    Self.decide(path, recipe: recipe, recorded: file.entry(path), in: folder)
  }

  static func decide(
    _ path: RelativePath, recipe: String, recorded: ExportEntry?, in folder: ExportFolder
  ) -> ExportDecision {
    let found = folder.fact(path)
    switch ExportDecision.about(recipe: recipe, recorded: recorded, found: found) {
    case .decided(let decision): return decision
    case .needsDigest:
      let digest = ImageStore.digest(ofFileAt: folder.absolute(path))?.hex ?? ""
      let reached = ExportDecision.about(
        recipe: recipe, recorded: recorded, found: found, digest: digest)
      guard case .decided(let decision) = reached else { return .refuse(.edited) }
      return decision
    }
  }

  /// Writes the file under a draft's name, notes it, and gives it its own.
  ///
  /// - Returns: the bytes written.
  /// - Throws: `ExportError`; `.foreignFile` where somebody was quicker with the name.
  func place(_ produced: ProducedFile) throws(ExportError) -> Int64 {
    try folder.makeFolders(above: produced.path)
    if case .library(let source, let digest, _) = produced.content, link == .hard,
      produced.decision == .write
    {
      try linkAtOnce(source, produced, digest)
      return 0
    }
    let draft = folder.draft()
    let digest: String
    switch produced.content {
    case .bytes(let bytes):
      try FileCopying.write(bytes, to: draft)
      digest = Digest(of: bytes).hex
    case .library(let source, let known, _):
      try FileCopying.link(source, to: draft, link)
      digest = known.hex
    }
    let size = try publish(draft, produced, digest: digest)
    if case .library = produced.content, link != .copy { return 0 }
    return size
  }

  /// A new hard link needs no draft: it is whole at once, and its size and time are known before.
  private func linkAtOnce(
    _ source: String, _ produced: ProducedFile, _ digest: Digest
  ) throws(ExportError) {
    guard case .file(let isLink, let size, let modified) = ExportFolder.fact(source) else {
      throw .inputOutput(operation: "read", path: source, errno: ENOENT)
    }
    try file.note(
      produced.entry(isLink: isLink, size: size, modified: modified, digest: digest.hex))
    do throws(ExportError) {
      try FileCopying.link(source, to: folder.absolute(produced.path), .hard)
    } catch {
      try file.forget(produced.path)
      throw error
    }
  }

  /// Notes a draft and gives it its name.
  ///
  /// - Returns: its size.
  func publish(
    _ draft: String, _ produced: ProducedFile, digest: String
  ) throws(ExportError) -> Int64 {
    guard case .file(let isLink, let size, let modified) = ExportFolder.fact(draft) else {
      throw .inputOutput(operation: "read", path: draft, errno: ENOENT)
    }
    let before = file.entry(produced.path)
    try file.note(produced.entry(isLink: isLink, size: size, modified: modified, digest: digest))
    do throws(ExportError) {
      try folder.publish(draft, as: produced.path, replacing: produced.decision == .update)
    } catch {
      if let before { try file.note(before) } else { try file.forget(produced.path) }
      throw error
    }
    return size
  }
}
