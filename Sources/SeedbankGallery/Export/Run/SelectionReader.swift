import SeedbankModel
import SeedbankStorage

/// Reads the selected generations page by page, so that memory use does not depend on their number.
struct SelectionReader: Sendable {
  let selection: [GenerationID]
  let library: Library
  let options: ExportOptions

  static let pageLength = 128

  /// A page of generations with all values for names and records.
  struct Page: Sendable {
    var generations: [Generation]
    /// The fields that are exported.
    var records: [GenerationID: GenerationRecord]
    /// The position of the end of the page in the selection.
    var end: Int
  }

  func page(from start: Int) throws -> Page? {
    guard start < selection.count else { return nil }
    let end = min(start + Self.pageLength, selection.count)
    let ids = Array(selection[start..<end])
    let generations = try library.generations(ids).map { options.without.withheld(from: $0) }
    let parts = try library.archivedParts(of: ids)
    let records = generations.map {
      ($0.id, options.without.withheld(from: GenerationRecord.exported($0, parts[$0.id])))
    }
    return Page(
      generations: generations, records: Dictionary(records) { first, _ in first }, end: end)
  }

  /// A plan for this selection, based on a record.
  func plan(_ record: ExportRecord) -> ExportPlan {
    ExportPlan(
      template: options.template, grouping: options.grouping, offset: options.offset,
      record: record)
  }
}
