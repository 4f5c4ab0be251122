internal import GRDB
import SeedbankQuery

/// The facets and images of a few thousand generations with consecutive ids.
struct StatisticsChunk: Sendable {
  /// The lowest id, which is at place 0.
  private(set) var first: Int64 = 0
  /// The facet number of each model; -1 if the generation has none.
  private var models: [Int32] = []
  /// The facet numbers of all tags.
  private var tags: [Int32] = []
  /// Where the tags of each generation begin, and the end of the last.
  private var tagStarts: [Int32] = []
  private var imageCounts: [Int32] = []
  private var imageBytes: [Int128] = []
  private var hasImages = false

  /// Reads the generations with these ids instead of those before.
  mutating func read(
    _ ids: ClosedRange<Int64>, _ facets: inout FacetNumbers, in database: Database
  ) throws {
    first = ids.lowerBound
    models.removeAll(keepingCapacity: true)
    models.append(contentsOf: repeatElement(-1, count: ids.count))
    tags.removeAll(keepingCapacity: true)
    tagStarts.removeAll(keepingCapacity: true)
    if facets.areOfRows {
      try readRows(ids, &facets, in: database)
    } else {
      try readBlocks(ids, facets, in: database)
    }
    begin(ids.count)
    try readImages(ids, in: database)
  }

  /// Notes that the next tags are those of the generation at a place.
  private mutating func begin(_ place: Int) {
    while tagStarts.count <= place { tagStarts.append(Int32(tags.count)) }
  }

  private mutating func readBlocks(
    _ ids: ClosedRange<Int64>, _ facets: FacetNumbers, in database: Database
  ) throws {
    let kinds = facets.kinds
    var rows = try RawRows(
      "SELECT id, facets FROM facet_block WHERE id BETWEEN ? AND ? ORDER BY id",
      .integer(FacetBlock.number(of: ids.lowerBound)),
      .integer(FacetBlock.number(of: ids.upperBound)), in: database)
    while try rows.next() {
      var id = rows.integer(0) &* FacetBlock.size
      var reader = FacetBlockReader(rows.bytes(1))
      while let count = try reader.nextCount() {
        let place = ids.contains(id) ? Int(id - first) : nil
        if let place { begin(place) }
        for _ in 0..<count {
          let number = Int(try reader.facet())
          guard let place else { continue }
          guard number < kinds.count, let kind = kinds[number] else {
            throw FacetBlockReader.damage
          }
          add(number, kind, at: place)
        }
        id &+= 1
      }
    }
  }

  private mutating func readRows(
    _ ids: ClosedRange<Int64>, _ facets: inout FacetNumbers, in database: Database
  ) throws {
    let found = try Int64.fetchAll(
      database,
      sql: "SELECT id FROM generation WHERE id BETWEEN ? AND ? AND trashed_at IS NULL ORDER BY id",
      arguments: [ids.lowerBound, ids.upperBound])
    let values = try IndexSource.values(of: found, in: database)
    for id in found {
      let place = Int(id - first)
      begin(place)
      for (kind, value) in values[id]?.facets ?? [] {
        add(facets.number(of: Facet(kind: kind, value: value)), kind, at: place)
      }
    }
  }

  private mutating func add(_ number: Int, _ kind: FacetKind, at place: Int) {
    switch kind {
    case .tag: tags.append(Int32(number))
    case .model: models[place] = Int32(number)
    case .size: break
    }
  }

  private mutating func readImages(_ ids: ClosedRange<Int64>, in database: Database) throws {
    hasImages = false
    var rows = try RawRows(
      "SELECT generation_id, bytes FROM image WHERE generation_id BETWEEN ? AND ?",
      .integer(ids.lowerBound), .integer(ids.upperBound), in: database)
    while try rows.next() {
      if !hasImages {
        hasImages = true
        imageCounts = Array(repeating: 0, count: ids.count)
        imageBytes = Array(repeating: 0, count: ids.count)
      }
      let place = Int(rows.integer(0) - first)
      imageCounts[place] += 1
      imageBytes[place] += Int128(rows.integer(1))
    }
  }

  /// The facet number of the model of a generation; nil if it has none.
  func model(at place: Int) -> Int? { models[place] < 0 ? nil : Int(models[place]) }

  /// The facet numbers of the tags of a generation.
  func tags(at place: Int) -> ArraySlice<Int32> {
    tags[Int(tagStarts[place])..<Int(tagStarts[place + 1])]
  }

  /// The number and the size of the images of a generation; nil if it has none.
  func images(at place: Int) -> (count: Int, bytes: Int128)? {
    guard hasImages, imageCounts[place] > 0 else { return nil }
    return (Int(imageCounts[place]), imageBytes[place])
  }
}
