import Dispatch
package import SeedbankModel
package import SeedbankStorage
import Synchronization

/// Reads the metadata of images in a library again, in the same way as an import.
package struct MetadataRereader: Sendable {
  private let folder: LibraryFolder

  /// Makes a reader for the images of a library.
  package init(_ library: Library) { folder = library.folder }

  /// The number of images read at a time.
  ///
  /// Their files are in memory together.
  package static let window = 32

  /// The result for one image.
  package enum Outcome: Sendable {
    case reading(MetadataReading)
    /// The file has no metadata, or only a record that Seedbank wrote.
    case nothing
    case problem(ImportProblem)
  }

  /// Reads the images of generations on all cores.
  ///
  /// The results have the same order.
  ///
  /// Generations that were not imported are skipped. It does not run on Swift's own threads, because
  /// reading waits for the disk.
  package func outcomes(of generations: [Generation]) async -> [Outcome] {
    guard !generations.isEmpty else { return [] }
    return await BlockingWork.run {
      let found = Mutex([Outcome](repeating: .nothing, count: generations.count))
      DispatchQueue.concurrentPerform(iterations: generations.count) { index in
        let outcome = outcome(of: generations[index])
        found.withLock { $0[index] = outcome }
      }
      return found.withLock { $0 }
    }
  }

  private func outcome(of generation: Generation) -> Outcome {
    guard generation.isImported, let image = generation.images.first else { return .nothing }
    let name = Self.fileName(of: generation)
    let kept = Self.kept(of: generation, named: name)
    switch ImportedImage.inspect(
      folder.absolutePath(of: image), named: name ?? "", library: nil)
    {
    case .image(let file):
      switch file.origin {
      case .own, .listed: return .nothing
      case .tool(let record) where record.isToolText || kept == nil && !Self.hasSidecar(generation):
        return .reading(
          Self.reading(
            of: file.draft(uid: generation.uid, options: ImportOptions(paths: [])), generation))
      // The copy in the library has no sidecars.
      case .tool(let record): return Self.outcome(of: kept, record, generation) ?? .nothing
      case .none: return Self.outcome(of: kept, nil, generation) ?? .nothing
      }
    case .problem(let problem):
      return Self.outcome(of: kept, nil, generation) ?? .problem(problem)
    case .otherFile, .sidecar, .stopped:
      return Self.outcome(of: kept, nil, generation) ?? .nothing
    }
  }

  /// The reading of the text in the catalog; nil without it.
  ///
  /// - Parameter own: the record of the image file, which has no text of a tool.
  private static func outcome(
    of kept: ForeignRecord?, _ own: ForeignRecord?, _ generation: Generation
  ) -> Outcome? {
    guard var record = kept else { return nil }
    // As in an import: values that the sidecar does not have come from the file.
    if record.settings[ForeignRecord.sidecar] != nil { record.complete(from: own) }
    return .reading(
      MetadataReading(generation: generation.id, metadata: RecordedMetadata(record), raw: nil))
  }

  private static func reading(
    of draft: GenerationDraft, _ generation: Generation
  ) -> MetadataReading {
    var reading = MetadataReading(
      generation: generation.id,
      metadata: RecordedMetadata(
        prompt: draft.prompt, model: draft.parameters.model, seed: draft.parameters.seed,
        guidanceScale: draft.parameters.guidanceScale, tool: draft.provenance?.tool,
        settings: draft.provenance?.settings), raw: draft.provenance?.raw)
    reading.tags = draft.tags
    reading.rating = draft.rating
    reading.note = draft.note
    return reading
  }

  /// The part of the original file name that shows which of several nodes of a graph saved it.
  ///
  /// In the library, the name of the file is its digest.
  private static func fileName(of generation: Generation) -> String? {
    setting(ForeignRecord.filenamePrefix, of: generation)?.string
  }

  /// Whether the metadata came from a sidecar.
  ///
  /// The file only had values that the sidecar did not have.
  private static func hasSidecar(_ generation: Generation) -> Bool {
    setting(ForeignRecord.sidecar, of: generation) != nil
  }

  private static func setting(_ name: String, of generation: Generation) -> JSONValue? {
    generation.provenance.flatMap { JSONValue(parsing: $0.settings) }?[name]
  }

  /// The record of the text in the catalog; nil if no reader recognizes it.
  private static func kept(of generation: Generation, named name: String?) -> ForeignRecord? {
    guard let raw = generation.provenance?.raw else { return nil }
    let text = String(decoding: raw, as: UTF8.self)
    let places: [ImageTexts] =
      ["parameters", "prompt", "workflow"].map { ImageTexts(chunks: [$0: text]) }
      + [ImageTexts(userComment: text)]
    let records = places.lazy.compactMap { texts in
      var texts = texts
      texts.fileName = name
      return ForeignRecord.read(texts)
    }
    guard var record = records.first(where: { !$0.isAnonymous }) else { return nil }
    record.set(ForeignRecord.sidecar, setting(ForeignRecord.sidecar, of: generation))
    return record
  }
}

extension RecordedMetadata {
  /// The values of a record that another tool wrote.
  init(_ record: ForeignRecord) {
    self.init(
      prompt: record.prompt, model: record.model, seed: record.seed,
      guidanceScale: record.guidanceScale, tool: record.tool,
      settings: JSONValue.object(record.settings).text)
  }
}

extension MetadataReading {
  /// Whether applying it to the generation may change anything.
  package func mayChange(_ generation: Generation) -> Bool {
    metadata != RecordedMetadata(generation)
      || raw.map { $0 != generation.provenance?.raw } ?? false
      || rating != nil && generation.rating == nil || note != nil && generation.note == nil
      || tags.contains { !generation.tags.contains($0.description) }
  }
}
