import SeedbankStorage

/// Reads the selection window by window and names its images; asked for a window ahead, it does so
/// while the one before is being written.
actor SelectionFeed {
  /// Generations, and the images to export of them.
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

  /// The next window, or nil at the selection's end.
  func next() throws -> Window? {
    guard let page = try source.page(from: start) else { return nil }
    start = page.end
    let jobs = page.jobs(&plan)
    for job in jobs { want(beside: job.item) }
    return Window(page: page, jobs: jobs)
  }

  /// What stands beside an image is wanted as long as the image is.
  private func want(beside item: ExportPlan.Item) {
    let options = source.options
    if options.gallery {
      for side in PageItem.thumbnailSides {
        plan.want(ExportLayout.thumbnail(item.image.digest.hex, longSide: side))
      }
    }
    if options.metadata == .sidecar || options.metadata == .embed { plan.want(item.sidecar) }
  }

  func want(_ path: RelativePath) { plan.want(path) }

  /// What earlier exports wrote and this one does not want.
  var leftovers: [ExportEntry] { plan.leftovers }
}
