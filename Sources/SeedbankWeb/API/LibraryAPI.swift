import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// The functions of the API with one connection to a library.
///
/// Each returns JSON.
struct LibraryAPI {
  let library: Library
  let wording: Wording
  /// The time and the time zone for dates in queries.
  let local: LocalTime

  /// Counting stops at this number.
  ///
  /// The first page of a typed prefix waits for the count. Counting to 10,000 can take 200 ms in a library of a million.
  static let countCap = 1_000
  static let largestPage = 500

  func query(_ text: String) throws -> (query: Query, notes: [QueryNote]) {
    try QueryReader(library: library).query(text)
  }

  func request(_ text: String, sort: String?, limit: Int = 0, after: Int? = nil) throws
    -> SearchRequest
  {
    SearchRequest(
      try query(text).query, order: try SearchOrder(parameter: sort), limit: limit,
      after: after.map { GenerationID(Int64($0)) }, at: local)
  }

  /// Writes a record without the paths of its images: a page does not need to know local paths.
  func write(_ generation: Generation, to writer: inout JSONWriter) {
    GenerationRecord(generation, folder: library.folder).withoutPaths.write(to: &writer)
  }

  func writeNotes(_ notes: [QueryNote], to object: inout JSONWriter) {
    object.key("notes")
    object.array { array in
      for note in notes { array.value(wording.note(note)) }
    }
  }
}

extension JSONWriter {
  mutating func member(_ name: String, ids: some Sequence<GenerationID>) {
    key(name)
    array { array in
      for id in ids { array.value(id.rawValue) }
    }
  }

  mutating func member(_ name: String, counts: [FacetCount]) {
    key(name)
    array { array in
      for count in counts {
        array.object {
          $0.member("value", count.value)
          $0.member("count", count.count)
        }
      }
    }
  }
}
