public import FilePaths
import FoundationEssentials
internal import GRDB
public import SeedbankModel

/// The result of a repair.
public struct RepairReport: Hashable, Sendable {
  /// Faults that were repaired.
  public var repaired: [Fault] = []
  /// Faults that cannot be repaired.
  public var left: [Fault] = []
  /// Generations that were created for orphans, with the tag `recovered`.
  public var recovered: [GenerationID] = []

  /// Makes an empty report.
  public init() {}
}

extension Library {
  /// Repairs faults from existing data.
  ///
  /// It rebuilds the index and other derived values, marks files as missing or existing, and adds
  /// orphans to the library. It deletes nothing that cannot be created again.
  ///
  /// Derived tables are repaired first, because every other change is entered in them. Each repair
  /// is one transaction, so a repair that is stopped has changed nothing.
  ///
  /// - Parameters:
  ///   - faults: the faults that a check found.
  ///   - inspect: decodes an image file, for hashes and orphans.
  ///   - random: for the uids of recovered generations.
  /// - Throws: `LibraryError`.
  public func repair(
    _ faults: [Fault], at now: Timestamp, using random: inout some RandomNumberGenerator,
    inspect: (_ path: FilePath) -> ImageInspection
  ) throws -> RepairReport {
    var report = RepairReport()
    let isIndexSound = try faults.contains(where: \.concernsIndex) ? rebuildIndex() : true
    try recordPresence(faults, at: now)
    for fault in faults {
      var isRepaired = fault.concernsIndex && isIndexSound
      do {
        if case .orphan(let path) = fault {
          let id = try adopt(path, at: now, using: &random, inspect)
          if let id { report.recovered.append(id) }
          isRepaired = id != nil
        } else if !fault.concernsIndex {
          isRepaired = try repair(fault, inspect)
        }
      } catch LibraryError.corrupt {
        // What cannot be read cannot be repaired, but the next fault may lie elsewhere.
        isRepaired = false
      }
      if isRepaired { report.repaired.append(fault) } else { report.left.append(fault) }
    }
    return report
  }

  private func repair(
    _ fault: Fault, _ inspect: (FilePath) -> ImageInspection
  ) throws -> Bool {
    switch fault {
    case .rowIndexDamaged(let table, _): return try reindex(table)
    case .unusedPages: try freeUnusedPages()
    case .promptHashWrong:
      try write { database in
        for prompt in try CatalogCheck.wrongPrompts(in: database) {
          try database.cachedStatement(sql: "UPDATE prompt SET hash = ? WHERE id = ?")
            .execute(arguments: [prompt.hash, prompt.id])
        }
      }
    case .lateFlagWrong:
      try write { database in
        try database.execute(
          sql: "UPDATE generation SET late = 1 WHERE id IN (\(CatalogCheck.wrongLateSQL))")
      }
    // The flag is all that a repair can do about it; the file itself is still a fault.
    case .fileMissing: return false
    case .fileReturned: break
    case .perceptualHashMissing(let path), .wrongDescription(let path, _, _):
      return try describe(path, inspect)
    case .wrongLength(let path, _, _): return try recordLength(of: path)
    case .orphanThumbnail(let path): FileSystem.removeIfPresent(folder.path + "/" + path)
    default: return false
    }
    return true
  }

  /// Returns false if the rows, which the index is made from, are damaged themselves.
  private func rebuildIndex() throws -> Bool {
    do {
      try SearchIndex.rebuild(through: queue)
      return true
    } catch let error as DatabaseError {
      guard error.isDamage else { throw LibraryError(error, path: folder.catalog) }
      return false
    }
  }

  private func reindex(_ table: String) throws -> Bool {
    do {
      try write { try $0.execute(sql: "REINDEX \"\(table)\"") }
      return true
    } catch LibraryError.corrupt {
      return false
    }
  }

  /// Rewrites the catalog without the pages that belong to no table.
  private func freeUnusedPages() throws {
    do {
      try queue.vacuum()
    } catch let error as DatabaseError {
      throw LibraryError(error, path: folder.catalog)
    }
  }

  /// Marks the files that are missing and unmarks those that are back, in one transaction: a folder
  /// that is not mounted makes many at once.
  private func recordPresence(_ faults: [Fault], at now: Timestamp) throws {
    guard faults.contains(where: \.concernsPresence) else { return }
    try write { database in
      for fault in faults {
        switch fault {
        case .fileMissing(let path, _): try Self.mark(path, missingSince: now, in: database)
        case .fileReturned(let path, _): try Self.mark(path, missingSince: nil, in: database)
        default: break
        }
      }
    }
  }

  /// Marks files that a check found to be on a remote only, so that a search finds them.
  ///
  /// - Throws: `LibraryError`.
  public func markRemoteFiles(of report: CheckReport, at now: Timestamp) throws {
    guard !report.unmarkedRemoteFiles.isEmpty else { return }
    try write { database in
      for path in report.unmarkedRemoteFiles {
        try Self.mark(path, missingSince: now, in: database)
      }
    }
  }

  private static func mark(
    _ path: String, missingSince time: Timestamp?, in database: Database
  ) throws {
    guard let (digest, format) = LibraryFolder.image(atRelativePath: path) else { return }
    for table in ["image", "reference_image"] {
      try database.cachedStatement(
        sql: """
          UPDATE \(table) SET missing_since = iif(?1 IS NULL, NULL, coalesce(missing_since, ?1))
          WHERE sha256 = ?2 AND format = ?3
          """
      ).execute(arguments: [time?.milliseconds, digest.bytes.data, format])
    }
    if time == nil { try ChangeTracking.countReturnedFile(digest, in: database) }
  }

  /// Creates a generation for a file without a row, unless its bytes do not match its name.
  private func adopt(
    _ path: String, at now: Timestamp, using random: inout some RandomNumberGenerator,
    _ inspect: (FilePath) -> ImageInspection
  ) throws -> GenerationID? {
    let claim = try claimStore(for: .judging)
    defer { withExtendedLifetime(claim) {} }
    let isOrphan = try read {
      try FileCheck(folder: folder, database: $0).confirms(.orphan(path: path))
    }
    let whole = folder.path + "/" + path
    guard isOrphan, let (digest, format) = LibraryFolder.image(atRelativePath: path),
      let size = FileSystem.size(whole), ImageStore.digest(ofFileAt: whole) == digest,
      case .sound(let found, let width, let height, let hash) = inspect(whole), found == format
    else { return nil }
    var draft = GenerationDraft(
      uid: UID(at: now, using: &random), prompt: "",
      parameters: Parameters(width: width, height: height), createdAt: now, status: .complete,
      tags: [TagName("recovered")].compactMap { $0 })
    draft.completedAt = now
    draft.images = [
      CataloguedImage(
        position: 1, digest: digest, format: format, width: width, height: height, bytes: size,
        perceptualHash: hash)
    ]
    return try record([draft]).first
  }
}

extension LibraryFolder {
  /// The digest and format that a path like `images/ab/abcdef….jpg` names.
  static func image(atRelativePath path: String) -> (digest: Digest, format: String)? {
    let name = path.split(separator: "/").last ?? ""
    let parts = name.split(separator: ".")
    guard parts.count == 2, let digest = Digest(String(parts[0])),
      let format = FileCheck.format(ofExtension: parts[1])
    else { return nil }
    return (digest, format)
  }
}

extension Fault {
  /// Whether the derived tables must be created again.
  fileprivate var concernsIndex: Bool {
    switch self {
    case .indexStale, .indexDamaged: true
    default: false
    }
  }

  /// Whether it is about an image file that is missing or exists again.
  public var concernsPresence: Bool {
    switch self {
    case .fileMissing, .fileReturned: true
    default: false
    }
  }
}
