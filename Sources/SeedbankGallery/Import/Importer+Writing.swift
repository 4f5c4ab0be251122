import FilePaths
import SeedbankModel
import SeedbankStorage

extension Importer {
  /// What an import has found and written so far.
  struct State {
    /// The logs of the folders of Fooocus.
    let logs: FooocusLogs
    var report = ImportReport()
    /// The images of all files that were read.
    var seen: Set<Digest> = []
    /// The parents of the records, which may be imported after them.
    var parents: [UID: UID] = [:]
    var news = SidecarNews()
  }

  /// What a group of files adds to the library.
  private struct Group {
    var drafts: [GenerationDraft] = []
    var records: [GenerationRecord] = []
    /// Images of the library whose files were missing.
    var returned: [Digest] = []
    /// The files of the images; nil if nothing is written.
    var batch: ImageBatch?
  }

  /// Writes a group.
  ///
  /// - Returns: false if the import was stopped before. Nothing of the group is written then.
  func write(
    _ outcomes: [ImportedImage.Outcome], named: Set<FilePath>, references: [FilePath],
    at now: Timestamp, using random: inout some RandomNumberGenerator, into state: inout State
  ) async throws -> Bool {
    // Until the rows exist, the files would look like orphans. And another import must not write the rows
    // that decide which images are new.
    var claim: Claim?
    if case .library(let library) = target {
      claim = try await library.claimStore(
        for: .judging, pausing: { try? await Task.sleep(for: $0) },
        isStopped: { isStopped() || Task.isCancelled })
      if claim == nil { return false }
    }
    defer { withExtendedLifetime(claim) {} }
    var group = Group()
    if case .library(let library) = target { group.batch = library.imageBatch() }
    for outcome in outcomes {
      try take(outcome, named: named, at: now, using: &random, into: &group, &state)
    }
    state.report.records += group.records.count
    guard case .library(let library) = target else {
      state.report.returned += group.returned.count
      return true
    }
    try takeReferences(from: references, in: library, into: &group)
    state.report.returned += group.returned.count
    try record(&group, in: library, at: now, into: &state)
    return true
  }

  /// Counts a file, and adds its image to the group.
  private func take(
    _ outcome: ImportedImage.Outcome, named: Set<FilePath>, at now: Timestamp,
    using random: inout some RandomNumberGenerator, into group: inout Group,
    _ state: inout State
  ) throws {
    state.report.files += 1
    switch outcome {
    case .otherFile(let path, let format), .sidecar(let path, let format):
      if named.contains(path) {
        state.report.problems.append(ImportProblem(path: path, kind: .notAnImage(format)))
      } else if case .sidecar = outcome {
        state.report.sidecars += 1
      } else {
        state.report.otherFiles += 1
      }
    case .problem(let problem): state.report.problems.append(problem)
    case .stopped(let error): throw error
    case .image(let found): try take(found, at: now, using: &random, into: &group, &state)
    }
  }

  private func take(
    _ found: ImportedImage, at now: Timestamp, using random: inout some RandomNumberGenerator,
    into group: inout Group, _ state: inout State
  ) throws {
    let isFirst = state.seen.insert(found.image.digest).inserted
    let isNew = try isFirst && !isThere(found)
    // A library that was restored from a dump has images without files.
    let isMissed = isFirst && found.isKnown && found.image.missingSince != nil
    if isNew || isMissed, try !store(found, into: &group.batch) {
      state.seen.remove(found.image.digest)
      state.report.problems.append(ImportProblem(path: found.path, kind: .changed))
      return
    }
    if isMissed { group.returned.append(found.image.digest) }
    // A Seedbank record may contain newer data for an image that already exists.
    if found.isOwn {
      group.records += found.ownRecords(tags: options.tags, isFirst: isFirst)
    } else if isNew {
      state.report.new += 1
      let draft = found.draft(uid: UID(at: now, using: &random), options: options)
      group.drafts.append(draft)
      state.news.addedToLibrary(found)
      if case .rehearsal = target { state.news.plan(draft, of: found) }
    } else if isFirst, found.isKnown {
      if options.readsPersonalMetadata { state.news.add(known: found) }
    } else if let tools = state.news.add(
      another: found, state.logs, readsPersonalMetadata: options.readsPersonalMetadata)
    {
      state.report.rename(tool: tools.before, to: tools.after)
    }
    if isNew, let package = found.missingPackage {
      state.report.undecoded[package, default: 0] += 1
    }
    if isNew {
      state.report.tools[found.origin.name, default: 0] += 1
    } else {
      state.report.duplicates += 1
    }
  }

  /// Stores the reference images of the records that the library does not have.
  private func takeReferences(
    from folders: [FilePath], in library: Library, into group: inout Group
  ) throws {
    var seen: Set<Digest> = []
    for reference in group.records.flatMap(\.references)
    where seen.insert(reference.digest).inserted {
      if try store(reference, from: folders, in: library, into: &group.batch) {
        group.returned.append(reference.digest)
      }
    }
  }

  /// Writes the rows of a group, after its files.
  private func record(
    _ group: inout Group, in library: Library, at now: Timestamp, into state: inout State
  ) throws {
    // The files are synced before their rows are written.
    try group.batch?.flush()
    if !group.returned.isEmpty { try library.noteReturned(group.returned) }
    if !group.drafts.isEmpty { state.report.imported += try library.record(group.drafts) }
    guard !group.records.isEmpty else { return }
    let restored = try library.restore(group.records, at: now)
    state.report.new += restored.added
    state.report.merged += restored.merged
    state.report.conflicts += restored.conflictCount
    for record in group.records where record.parentUID != nil {
      if let uid = record.uid { state.parents[uid] = record.parentUID }
    }
  }

  /// Whether the library now has the image, because another import may have added it in the meantime.
  private func isThere(_ found: ImportedImage) throws -> Bool {
    guard !found.isKnown, case .library(let library) = target else { return found.isKnown }
    return try library.catalogued(found.image.digest) != nil
  }

  /// Puts the reference image of a record into the store if the library does not have it.
  ///
  /// - Returns: whether one of the folders had it.
  private func store(
    _ reference: ReferenceImage, from folders: [FilePath], in library: Library,
    into batch: inout ImageBatch?
  ) throws -> Bool {
    let isThere = ImageFiles.isThere(library.folder.absolutePath(of: reference))
    // A file without a row may be left by an import that was stopped before its flush.
    if isThere, try library.cataloguedFile(reference.digest) != nil { return false }
    let name = ExportLayout.reference(reference).name
    for folder in folders {
      let path = folder.appending(FilePath(name))
      guard let file = try? ImportedFile.read(path, limit: options.limits.bytes, anyKind: true),
        Digest(of: file.bytes) == reference.digest
      else { continue }
      try batch?.add(file.bytes, digest: reference.digest, format: reference.format)
      return !isThere
    }
    return false
  }

  /// Stores the file.
  ///
  /// Returns false if it changed since it was read.
  private func store(_ found: ImportedImage, into batch: inout ImageBatch?) throws -> Bool {
    let image = found.image
    // A link would keep the metadata that an export wrote into the file.
    guard let link = options.link, found.isAsFound else {
      try batch?.add(found.bytes, digest: image.digest, format: image.format)
      return true
    }
    return try batch?.link(
      found.path, found.identity, by: link, digest: image.digest, format: image.format) ?? true
  }
}
