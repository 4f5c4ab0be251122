import SeedbankStorage

/// Reads the selection in groups and names its images. The next group is read while the previous one is
/// written.
actor SelectionFeed {
  /// Generations with the images to export.
  struct Window: Sendable {
    let page: SelectionReader.Page
    let jobs: [ImageJob]
  }

  private let source: SelectionReader
  private var plan: ExportPlan
  private var start = 0

  init(_ source: SelectionReader, after record: ExportRecord) {
    self.source = source
    plan = source.plan(record)
  }

  /// The next group, or nil at the end of the selection.
  func next() throws -> Window? {
    guard let page = try source.page(from: start) else { return nil }
    start = page.end
    let jobs = page.jobs(&plan)
    for job in jobs { want(beside: job.item) }
    return Window(page: page, jobs: jobs)
  }

  /// The files beside an image are needed as long as the image.
  private func want(beside item: ExportPlan.Item) {
    let options = source.options
    if options.gallery {
      for side in PageItem.thumbnailSides {
        plan.want(ExportLayout.thumbnail(item.image.digest.hex, longSide: side))
      }
    }
    if options.manifests {
      for reference in item.generation.references { plan.want(ExportLayout.reference(reference)) }
    }
    if options.metadata == .sidecar || options.metadata == .embed { plan.want(item.sidecar) }
  }

  func want(_ path: RelativePath) { plan.want(path) }

  /// The files of earlier exports that are no longer needed.
  var leftovers: [ExportEntry] { plan.leftovers }
}
