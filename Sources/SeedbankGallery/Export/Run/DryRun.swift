import FilePaths
import SeedbankModel
import SeedbankStorage

/// Reports what an export would do, and writes nothing.
struct DryRun {
  let source: SelectionReader
  let options: ExportOptions
  let onEvent: @Sendable (ExportEvent) -> Void

  func report() throws -> ExportReport {
    let (folder, record) = try existing()
    var plan = source.plan(record)
    var report = ExportReport()
    report.copiedToEmbed = options.copiesToEmbed
    let producer = ImageProducer(options: options, library: source.library.folder)
    var start = 0
    while let page = try source.page(from: start) {
      report.withoutImages += page.generations.count { $0.images.isEmpty }
      for job in page.jobs(&plan) {
        let item = job.item
        guard isThere(item.image) else {
          report.note(absent: item)
          continue
        }
        let decision =
          folder.map { folder in
            let found = folder.fact(item.path)
            return FolderTarget.decide(
              item.path, recipe: producer.recipe(item, record: producer.record(of: job)),
              recorded: record.entry(item.path, as: found), found: found, in: folder)
          } ?? .write
        report.note(decision, path: item.path.description, bytes: item.image.bytes)
        onEvent(.decided(decision, path: item.path.description, reference: item.reference))
      }
      start = page.end
      onEvent(.advanced(done: start, of: source.selection.count))
    }
    noteLeftovers(plan, in: folder, &report)
    return report
  }

  /// Whether the export itself would have the file.
  private func isThere(_ image: CataloguedImage) -> Bool {
    options.fetchesRemoteImages && image.place == .remote
      || ImageFiles.isThere(image, in: source.library.folder)
  }

  private func existing() throws -> (ExportFolder?, ExportRecord) {
    guard case .folder(let path) = options.destination else { return (nil, ExportRecord()) }
    let record = try RecordFile.read(path + "/" + ExportLayout.record)
    return (ExportFolder(path: path), record)
  }

  private func noteLeftovers(
    _ plan: ExportPlan, in folder: ExportFolder?, _ report: inout ExportReport
  ) {
    guard let folder else { return }
    for entry in plan.leftovers where entry.role == .image {
      guard folder.fact(entry.path) != .absent else { continue }
      guard options.prune else {
        report.leftovers += 1
        continue
      }
      report.pruned += 1
      onEvent(.pruned(path: entry.path.description))
    }
  }
}

extension ExportReport {
  mutating func note(absent item: ExportPlan.Item) {
    if item.image.place == .remote {
      remote.append(item.reference)
    } else {
      missing.append(item.reference)
    }
  }

  mutating func note(_ decision: ExportDecision, path: String, bytes: Int64 = 0) {
    switch decision {
    case .write: written += 1
    case .update: updated += 1
    case .keep: kept += 1
    case .refuse(let reason): refused.append(RefusedFile(path: path, reason: reason))
    }
    guard decision == .write || decision == .update else { return }
    // The record of another library says how large the file is, and can be wrong.
    self.bytes = self.bytes.addingSize(bytes)
  }
}
