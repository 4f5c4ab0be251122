import FilePaths
import FoundationEssentials
internal import GRDB
import SeedbankModel

/// Compares the files of a library with its rows, without opening them.
struct FileCheck {
  let folder: LibraryFolder
  let database: Database

  /// Returns the faults that a comparison of a file's directory entry with its row finds.
  static func faults(of file: CataloguedFile, in folder: LibraryFolder) -> [Fault] {
    let path = file.relativePath
    guard let size = FileSystem.size(folder.path + "/" + path) else {
      if file.isOnRemote { return [] }
      // A folder that may not be searched says nothing about its files.
      let isKnown = (try? FileSystem.isPresent(folder.path + "/" + path)) != nil
      return isKnown ? [.fileMissing(path: path, file.generations)] : [.fileUnreadable(path: path)]
    }
    var faults: [Fault] = []
    if file.isMarkedMissing { faults.append(.fileReturned(path: path, file.generations)) }
    if size != file.bytes {
      faults.append(.wrongLength(path: path, recorded: file.bytes, found: size))
    }
    if file.hasNoFingerprint { faults.append(.perceptualHashMissing(path: path)) }
    return faults
  }

  /// Whether an orphan, a missing file or a download without a generation is one still.
  func confirms(_ fault: Fault) throws -> Bool {
    switch fault {
    case .orphan(let path):
      guard let (digest, format) = LibraryFolder.image(atRelativePath: path) else { return true }
      return try !isKnown(digest, format) && FileSystem.size(folder.path + "/" + path) != nil
    case .fileMissing(let path, _):
      guard let (digest, format) = LibraryFolder.image(atRelativePath: path) else { return true }
      return try isKnown(digest, format) && FileSystem.size(folder.path + "/" + path) == nil
    case .orphanDownload(let path): return FileSystem.exists(folder.path + "/" + path)
    default: return true
    }
  }

  /// Returns files without a row.
  func filesWithoutRow() throws -> [Fault] {
    try within(folder.images, "images", images)
      + within(folder.incoming, "incoming", downloads)
      + within(folder.thumbnails, "thumbnails", thumbnails)
      + within(folder.owner, "owner") { [] }
  }

  /// Returns the faults in a folder of the library, or that something else has its name.
  private func within(
    _ path: FilePath, _ name: String, _ faults: () throws -> [Fault]
  ) throws -> [Fault] {
    guard FileSystem.exists(path), !path.isFolder else { return try faults() }
    // Thumbnails can be made again, so a repair removes it.
    return [name == "thumbnails" ? .orphanThumbnail(path: name) : .foreignFile(path: name)]
  }

  private func images() throws -> [Fault] {
    try files(in: "images").compactMap { path, shard, name in
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 2, let digest = Digest(String(parts[0])),
        let format = Self.format(ofExtension: parts[1]), digest.hex.prefix(2) == shard,
        digest.hex == parts[0]
      else { return .foreignFile(path: path) }
      return try isKnown(digest, format) ? nil : .orphan(path: path)
    }
  }

  /// The download of a generation is named by its uid; others are left over.
  ///
  /// A reply that arrived too late is not a fault: it is kept, because it may be paid for. Nor is a file
  /// that a running push passes to another program.
  private func downloads() throws -> [Fault] {
    try FileSystem.names(in: folder.incoming).compactMap { name in
      if ScratchFile.isInUse(name) { return nil }
      let isExpected =
        try UID(name.prefix(36)).map { uid in
          if name.hasSuffix(KeptReply.lateSuffix) { return true }
          return try Bool.fetchOne(
            database.cachedStatement(
              sql: """
                SELECT EXISTS (SELECT 1 FROM generation WHERE uid = ?
                  AND status IN ('queued', 'submitting', 'pending', 'ready'))
                """), arguments: [uid.data]) ?? false
        } ?? false
      return isExpected ? nil : .orphanDownload(path: "incoming/" + name)
    }
  }

  private func thumbnails() throws -> [Fault] {
    try files(in: "thumbnails").compactMap { path, shard, name in
      if shard.isEmpty, LibraryFolder.isBesideThumbnails(name) { return nil }
      let digits = name.prefix { $0.isHexDigit }
      guard digits.count >= 24, let range = PrefixRange(digits: String(digits), length: 32) else {
        return .orphanThumbnail(path: path)
      }
      let isKnown = try Bool.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT EXISTS (SELECT 1 FROM image WHERE sha256 BETWEEN :first AND :last)
              OR EXISTS (SELECT 1 FROM reference_image WHERE sha256 BETWEEN :first AND :last)
            """),
        arguments: ["first": range.first, "last": range.last])
      return isKnown == true ? nil : .orphanThumbnail(path: path)
    }
  }

  /// Whether a row refers to the file.
  func isKnown(_ digest: Digest, _ format: String) throws -> Bool {
    try Bool.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT EXISTS (SELECT 1 FROM image WHERE sha256 = :digest AND format = :format)
            OR EXISTS (SELECT 1 FROM reference_image WHERE sha256 = :digest AND format = :format)
          """),
      arguments: ["digest": digest.bytes.data, "format": format]) ?? false
  }

  /// Returns the files two levels down, where `images` and `thumbnails` have them; a file elsewhere
  /// has an empty shard.
  private func files(in name: String) throws -> [(path: String, shard: String, name: String)] {
    try FileSystem.names(in: folder.path + "/" + name).flatMap { shard in
      let path = "\(name)/\(shard)"
      guard (folder.path + "/" + path).isFolder else { return [(path, "", shard)] }
      return try FileSystem.names(in: folder.path + "/" + path).map {
        ("\(path)/\($0)", shard, $0)
      }
    }
  }

  static func format(ofExtension name: some StringProtocol) -> String? {
    ImageKind(fileExtension: name)?.rawValue
  }
}
