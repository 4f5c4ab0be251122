internal import GRDB
import SeedbankModel

/// Inserts what hangs on a generation.
struct PartStatements {
  private var tag: BoundStatement
  private var image: BoundStatement
  private var reference: BoundStatement
  private var provenance: BoundStatement
  private var event: BoundStatement
  private var item: BoundStatement
  private var stamp: BoundStatement

  init(_ database: Database) throws {
    tag = try BoundStatement(
      "INSERT OR IGNORE INTO generation_tag(generation_id, tag_id) VALUES (?, ?)", in: database)
    image = try BoundStatement(
      """
      INSERT INTO image(
        generation_id, position, sha256, format, width, height, bytes, phash, missing_since)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, in: database)
    reference = try BoundStatement(ReferenceTable.insertion, in: database)
    provenance = try BoundStatement(
      "INSERT INTO provenance(generation_id, tool, settings, raw) VALUES (?, ?, ?, ?)",
      in: database)
    event = try BoundStatement(
      "INSERT INTO event(generation_id, sequence, at, kind, detail) VALUES (?, ?, ?, ?, ?)",
      in: database)
    item = try BoundStatement(
      "INSERT INTO collection_item(generation_id, collection_id, position) VALUES (?, ?, ?)",
      in: database)
    stamp = try BoundStatement(
      "INSERT INTO field_edit(generation_id, field, at) VALUES (?, ?, ?)", in: database)
  }

  mutating func add(tag id: Int64, to generation: Int64) throws {
    tag.bind(generation)
    tag.bind(id)
    try tag.run()
  }

  mutating func add(
    _ record: ImageRecord, to generation: Int64, missingSince: Timestamp?
  ) throws {
    image.bind(generation)
    image.bind(record.position)
    image.bind(blob: record.digest.bytes)
    image.bind(record.format)
    image.bind(record.width)
    image.bind(record.height)
    image.bind(record.bytes)
    image.bind(record.perceptualHash.map { Int64(bitPattern: $0) })
    image.bind(missingSince)
    try image.run()
  }

  mutating func add(
    _ record: ReferenceImage, to generation: Int64, missingSince: Timestamp?
  ) throws {
    reference.bind(generation)
    reference.bind(record.position)
    reference.bind(record.role.rawValue)
    reference.bind(blob: record.digest.bytes)
    reference.bind(record.format)
    reference.bind(record.width)
    reference.bind(record.height)
    reference.bind(record.bytes)
    reference.bind(missingSince)
    try reference.run()
  }

  mutating func add(_ record: Provenance, to generation: Int64) throws {
    provenance.bind(generation)
    provenance.bind(record.tool)
    provenance.bind(record.settings)
    provenance.bind(blob: record.raw)
    try provenance.run()
  }

  mutating func add(_ record: Event, _ sequence: Int, to generation: Int64) throws {
    event.bind(generation)
    event.bind(sequence)
    event.bind(record.at)
    event.bind(record.kind)
    event.bind(record.detail)
    try event.run()
  }

  mutating func add(_ position: Int64, in collection: Int64, to generation: Int64) throws {
    item.bind(generation)
    item.bind(collection)
    item.bind(position)
    try item.run()
  }

  mutating func add(_ field: EditField, _ time: Timestamp, to generation: Int64) throws {
    stamp.bind(generation)
    stamp.bind(field.description)
    stamp.bind(time)
    try stamp.run()
  }
}
