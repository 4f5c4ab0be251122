internal import GRDB
import SeedbankModel

/// Reads whole generations by id, with four statements for a page of any length.
enum GenerationLoader {
  /// The generations in the order of `ids`; ids that are not there are left out.
  static func load(_ ids: [GenerationID], in database: Database) throws -> [Generation] {
    guard !ids.isEmpty else { return [] }
    let list = ColumnValue.text(JSONList.text(ids.map(\.rawValue)))
    var page = GenerationPage(capacity: ids.count)
    try page.add(RawRows(generationSQL, list, in: database))
    try page.addTags(RawRows(tagSQL(.list), list, in: database), in: database)
    var images = try RawRows(imageSQL(.list), list, in: database)
    while try images.next() {
      guard let image = ImageTable.image(images, from: 1) else { continue }
      page.with(images.integer(0)) { $0.images.append(image) }
    }
    var references = try RawRows(referenceSQL(.list), list, in: database)
    while try references.next() {
      guard let reference = ReferenceTable.reference(references, from: 1) else { continue }
      page.with(references.integer(0)) { $0.references.append(reference) }
    }
    return page.inOrder(of: ids)
  }

  private static let generationSQL = """
    SELECT g.id, g.uid, \(Ownership.status("g.")), g.created_at, g.parent_id, p.text,
      v.tool, v.settings, v.raw, \(GenerationContent.columns(of: "g."))
    FROM json_each(?) AS wanted
    CROSS JOIN generation AS g ON g.id = wanted.value
    JOIN prompt AS p ON p.id = g.prompt_id
    LEFT JOIN provenance AS v ON v.generation_id = g.id
    """
  static func tagSQL(_ scope: GenerationScope) -> String {
    """
    SELECT gt.generation_id, gt.tag_id \(scope.source("generation_tag", "gt"))
    WHERE \(scope.condition("gt")) ORDER BY gt.generation_id
    """
  }
  static func imageSQL(_ scope: GenerationScope) -> String {
    """
    SELECT i.generation_id, \(ImageTable.columns("i.")) \(scope.source("image", "i"))
    WHERE \(scope.condition("i")) ORDER BY i.generation_id, i.position
    """
  }
  static func referenceSQL(_ scope: GenerationScope) -> String {
    """
    SELECT r.generation_id, \(ReferenceTable.columns("r.")) \(scope.source("reference_image", "r"))
    WHERE \(scope.condition("r")) ORDER BY r.generation_id, r.position
    """
  }

  /// - Parameter rows: of `generationSQL`.
  fileprivate static func generation(_ rows: borrowing RawRows) -> Generation? {
    guard let uid = UID(bytes: rows.bytes(1)), let status = Status(rawValue: rows.text(2)) else {
      return nil
    }
    var generation = Generation(
      id: GenerationID(rows.integer(0)), uid: uid, status: status, prompt: rows.text(5),
      parameters: Parameters(), createdAt: Timestamp(milliseconds: rows.integer(3)))
    GenerationContent(rows, from: 9).apply(to: &generation)
    generation.parent = rows.optionalInteger(4).map { GenerationID($0) }
    if let tool = rows.optionalText(6) {
      generation.provenance = Provenance(
        tool: tool, settings: rows.text(7), raw: rows.optionalBytes(8))
    }
    return generation
  }
}

/// Generations that are being read.
private struct GenerationPage {
  private var generations: [Generation] = []
  private var places: [Int64: Int] = [:]
  /// The place that was asked for last: rows of one generation follow each other.
  private var last: (id: Int64, place: Int)?

  init(capacity: Int) {
    generations.reserveCapacity(capacity)
    places.reserveCapacity(capacity)
  }

  mutating func add(_ rows: consuming RawRows) throws {
    while try rows.next() {
      guard let generation = GenerationLoader.generation(rows) else { continue }
      let known = places.updateValue(generations.count, forKey: generation.id.rawValue)
      // An id can be in the list twice.
      if let known {
        places[generation.id.rawValue] = known
      } else {
        generations.append(generation)
      }
    }
  }

  /// Adds the tags in the order of their bytes, as SQLite orders them.
  mutating func addTags(_ rows: consuming RawRows, in database: Database) throws {
    var names: [Int64: String] = [:]
    while try rows.next() {
      let (id, tag) = (rows.integer(0), rows.integer(1))
      let name = try names[tag] ?? TagTable.name(of: tag, in: database)
      names[tag] = name
      with(id) { $0.tags.append(name) }
    }
    for place in generations.indices where generations[place].tags.count > 1 {
      generations[place].tags.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
  }

  mutating func with(_ id: Int64, _ body: (inout Generation) -> Void) {
    if last?.id != id { last = places[id].map { (id, $0) } }
    if let last, last.id == id { body(&generations[last.place]) }
  }

  func inOrder(of ids: [GenerationID]) -> [Generation] {
    if ids.elementsEqual(generations.lazy.map(\.id)) { return generations }
    return ids.compactMap { id in places[id.rawValue].map { generations[$0] } }
  }
}
