public import SeedbankModel
import SeedbankQuery

extension GenerationRecord {
  /// Reads a record from a JSON object; unknown members are skipped.
  ///
  /// - Throws: `RecordError`.
  public init(json: some Collection<UInt8>) throws(RecordError) {
    var parser = RecordParser()
    self = try parser.record(json)
  }

  /// Reads a record from a JSON object; unknown members are skipped.
  ///
  /// - Throws: `RecordError`.
  public init(json: some StringProtocol) throws(RecordError) { try self.init(json: json.utf8) }
}

/// Reads records; one parser serves the lines of a whole file.
struct RecordParser {
  private var keys = KeyFinder(RecordMember.table)

  mutating func record(_ json: some Collection<UInt8>) throws(RecordError) -> GenerationRecord {
    let result = json.withContiguousStorageIfAvailable { bytes in
      Result { () throws(RecordError) in try record(in: bytes) }
    }
    if let result { return try result.get() }
    return try record(Array(json))
  }

  private mutating func record(
    in bytes: UnsafeBufferPointer<UInt8>
  ) throws(RecordError) -> GenerationRecord {
    var reader = JSONReader(bytes)
    let record = try record(&reader)
    try reader.end()
    return record
  }

  mutating func record(_ reader: inout JSONReader) throws(RecordError) -> GenerationRecord {
    var record = GenerationRecord(prompt: "")
    var content = GenerationContent()
    var hasPrompt = false
    var keys = self.keys
    try reader.object { reader, bytes throws(RecordError) in
      guard let key = keys.find(bytes) else { return try reader.skipValue() }
      guard !reader.takeNull() else { return }
      switch key {
      case .field(let field):
        try field.read(&reader, FieldName(rawValue: field.name), &content)
      case .other(let key):
        // The prompt of an imported image can be empty, because it is not known.
        if key == .prompt { hasPrompt = true }
        try record.read(key, &reader)
      }
    }
    content.apply(to: &record)
    self.keys = keys
    guard hasPrompt else { throw .missingPrompt }
    return record
  }
}

extension GenerationRecord {
  fileprivate mutating func read(
    _ key: RecordKey, _ reader: inout JSONReader
  ) throws(RecordError) {
    switch key {
    case .id: id = GenerationID(try reader.integer(key, in: 1...Int64.max))
    case .uid: uid = try reader.parsed(key, "a uid of 32 hexadecimal digits") { UID($0) }
    case .status: status = try reader.parsed(key, Status.allowed) { Status(rawValue: $0) }
    case .prompt: prompt = try reader.text(key)
    case .createdAt: createdAt = try reader.time(key)
    case .tags: try readTags(&reader)
    case .parent: parent = GenerationID(try reader.integer(key, in: 1...Int64.max))
    case .images: try readImages(&reader)
    case .references: try readReferences(&reader)
    case .parentUID:
      parentUID = try reader.parsed(key, "a uid of 32 hexadecimal digits") { UID($0) }
    case .provenance: provenance = try Provenance(&reader)
    default:
      var archive = archive ?? RecordArchive()
      try archive.read(key, &reader)
      self.archive = archive
    }
  }

  private mutating func readTags(_ reader: inout JSONReader) throws(RecordError) {
    var names: [TagName] = []
    var known: Set<ExactText> = []
    try reader.array { reader throws(RecordError) in
      let allowed = "names without ';', empty parts or control characters"
      let name = try reader.parsed(RecordKey.tags, allowed) { TagName($0) }
      // A generation has a tag once.
      if known.insert(ExactText(name.description)).inserted { names.append(name) }
    }
    tags = names
  }

  private mutating func readImages(_ reader: inout JSONReader) throws(RecordError) {
    var found: [ImageRecord] = []
    try reader.array { reader throws(RecordError) in
      found.append(try ImageRecord(&reader, position: found.count + 1))
    }
    guard Set(found.map(\.position)).count == found.count else {
      throw .badValue(field: "images", allowed: "each position once")
    }
    images = found
  }
}

extension GenerationRecord {
  fileprivate mutating func readReferences(_ reader: inout JSONReader) throws(RecordError) {
    var found: [ReferenceImage] = []
    try reader.array { reader throws(RecordError) in
      found.append(try ReferenceImage(&reader, position: found.count + 1))
    }
    guard Set(found.map(\.position)).count == found.count else {
      throw .badValue(field: "references", allowed: "each position once")
    }
    references = found
  }
}

extension Status {
  fileprivate static let allowed = Status.allCases.map(\.rawValue).joined(separator: ", ")
}
