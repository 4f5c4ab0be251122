// The objects within a record.

import SeedbankModel
import SeedbankQuery

private enum ImageKey: String, CaseIterable {
  case position, sha256, path, width, height, bytes, format, missing, phash

  static let table = KeyTable<ImageKey>()
}

extension ImageRecord {
  /// - Parameter position: the position if the object has none.
  init(_ reader: inout JSONReader, position: Int) throws(RecordError) {
    var digest: Digest?
    var path: String?
    var position = position
    var (width, height, size): (Int, Int, Int64) = (0, 0, 0)
    var format = "jpeg"
    var isMissing = false
    var perceptualHash: UInt64?
    var keys = KeyFinder(ImageKey.table)
    try reader.object { reader, bytes throws(RecordError) in
      guard let key = keys.find(bytes) else { return try reader.skipValue() }
      if reader.takeNull() { return }
      switch key {
      case .position: position = Int(try reader.integer(key, in: 1...1 << 31))
      case .sha256: digest = try reader.parsed(key, "64 hexadecimal digits") { Digest($0) }
      case .path: path = try reader.text(key)
      case .width: width = Int(try reader.integer(key, in: 0...1 << 31))
      case .height: height = Int(try reader.integer(key, in: 0...1 << 31))
      case .bytes: size = try reader.integer(key, in: ImageRecord.fileSizes)
      case .format: format = try reader.parsed(key, ImageRecord.formats, ImageRecord.format)
      case .missing: isMissing = try reader.flag(key)
      case .phash:
        perceptualHash = try reader.parsed(key, "16 hexadecimal digits") { digits in
          digits.utf8.count == 16 ? UInt64(digits, radix: 16) : nil
        }
      }
    }
    guard let digest else {
      throw .badValue(field: "images", allowed: "objects with a sha256")
    }
    self.init(
      position: position, digest: digest, path: path, width: width, height: height, bytes: size,
      format: format, isMissing: isMissing, perceptualHash: perceptualHash)
  }

  /// Sizes of files in bytes.
  ///
  /// The largest is far above that of any image, and the sum of millions of them still fits in 64 bits.
  /// A larger one in the catalog is written as the largest, so that every written record can be read.
  static let fileSizes: ClosedRange<Int64> = 0...1 << 40

  /// The format becomes part of a file's name, so only these values are allowed.
  static let formats = ImageKind.list

  static func format(_ text: String) -> String? { ImageKind(rawValue: text)?.rawValue }
}

private enum FailureKey: String, CaseIterable {
  case code, message

  static let table = KeyTable<FailureKey>()
}

extension RecordedFailure {
  init(_ reader: inout JSONReader) throws(RecordError) {
    var code = ""
    var message = ""
    var keys = KeyFinder(FailureKey.table)
    try reader.object { reader, bytes throws(RecordError) in
      guard let key = keys.find(bytes) else { return try reader.skipValue() }
      switch key {
      case .code: code = try reader.text(key)
      case .message: message = try reader.text(key)
      }
    }
    self.init(code: code, message: message)
  }
}

private enum ProvenanceKey: String, CaseIterable {
  case tool, settings, raw
  case rawBase64 = "raw_base64"

  static let table = KeyTable<ProvenanceKey>()
}

extension Provenance {
  init(_ reader: inout JSONReader) throws(RecordError) {
    var tool = "unknown"
    var settings = "{}"
    var raw: [UInt8]?
    var keys = KeyFinder(ProvenanceKey.table)
    try reader.object { reader, bytes throws(RecordError) in
      guard let key = keys.find(bytes) else { return try reader.skipValue() }
      if reader.takeNull() { return }
      switch key {
      case .tool: tool = try reader.text(key)
      case .settings: settings = try reader.rawValue().withoutEscapedNUL
      case .raw: raw = Array(try reader.text(key).utf8)
      case .rawBase64: raw = try reader.base64(key)
      }
    }
    self.init(tool: tool, settings: settings, raw: raw)
  }
}

extension RecordedVerdict {
  /// Reads one object, or an array if there were several images; its kind is that of the largest
  /// difference.
  init(_ reader: inout JSONReader) throws(RecordError) {
    var parts = reader
    let detail = try reader.rawValue()
    var kinds: [String] = []
    if detail.hasPrefix("[") {
      try parts.array { part throws(RecordError) in kinds.append(try Self.kind(&part)) }
    } else {
      kinds.append(try Self.kind(&parts))
    }
    func rank(_ kind: String) -> Int {
      QueryField.verdicts.firstIndex(of: kind) ?? QueryField.verdicts.count
    }
    guard let worst = kinds.max(by: { rank($0) < rank($1) }) else { throw Self.noKind }
    self.init(kind: worst, detail: detail)
  }

  private static let noKind = RecordError.badValue(
    field: "verdict", allowed: "an object with its kind")

  private static func kind(_ reader: inout JSONReader) throws(RecordError) -> String {
    var kind: String?
    try reader.object { members, key throws(RecordError) in
      if key.elementsEqual("kind".utf8) {
        kind = try members.string()
      } else {
        try members.skipValue()
      }
    }
    guard let kind else { throw noKind }
    return kind
  }
}

private enum EventKey: String, CaseIterable {
  case at, kind, detail

  static let table = KeyTable<EventKey>()
}

extension Event {
  init(_ reader: inout JSONReader) throws(RecordError) {
    var at: Timestamp?
    var kind = ""
    var detail: String?
    var keys = KeyFinder(EventKey.table)
    try reader.object { reader, bytes throws(RecordError) in
      guard let key = keys.find(bytes) else { return try reader.skipValue() }
      if reader.takeNull() { return }
      switch key {
      case .at: at = try reader.time(key)
      case .kind: kind = try reader.text(key)
      case .detail: detail = try reader.text(key)
      }
    }
    guard let at, !kind.isEmpty else {
      throw .badValue(field: "events", allowed: "objects with a time and a kind")
    }
    self.init(at: at, kind: kind, detail: detail)
  }
}

extension RecordArchive {
  mutating func read(_ key: RecordKey, _ reader: inout JSONReader) throws(RecordError) {
    switch key {
    case .attempts: attempts = Int(try reader.integer(key, in: 0...1 << 31))
    case .owner: owner = try reader.parsed(key, "32 hexadecimal digits") { LibraryID($0) }
    case .ownedAt: ownedAt = try reader.stamp(key)
    case .requestBody: requestBody = Array(try reader.text(key).utf8)
    case .requestBodyBase64: requestBody = try reader.base64(key)
    case .replyBody: replyBody = Array(try reader.text(key).utf8)
    case .replyBodyBase64: replyBody = try reader.base64(key)
    case .pollBody: pollBody = Array(try reader.text(key).utf8)
    case .pollBodyBase64: pollBody = try reader.base64(key)
    case .events:
      var found: [Event] = []
      try reader.array { reader throws(RecordError) in found.append(try Event(&reader)) }
      events = found
    case .collections:
      var found: [ExactText: Int64] = [:]
      try reader.members { name, reader throws(RecordError) in
        found[ExactText(name)] = try reader.integer(key, in: Int64.min...Int64.max)
      }
      collections = found
    case .edits:
      var found: [EditField: Timestamp] = [:]
      try reader.members { name, reader throws(RecordError) in
        let time = try reader.stamp(key)
        // A field of a newer version stays behind rather than stopping the restore.
        if let field = EditField(name) { found[field] = time }
      }
      edits = found
    default: try reader.skipValue()
    }
  }
}
