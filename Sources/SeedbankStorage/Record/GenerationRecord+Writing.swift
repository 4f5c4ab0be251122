public import SeedbankModel

extension GenerationRecord {
  /// The record as JSON on one line, without the line end.
  public var json: String {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.text
  }

  /// Writes the record as one JSON object.
  package func write(to writer: inout JSONWriter) {
    let content = GenerationContent(self)
    writer.object { object in
      for member in Self.writers {
        switch member {
        case .field(let field): write(field, content, to: &object)
        case .other(let key, let name): write(key, name, to: &object)
        }
      }
    }
  }

  /// Writes the record with the prompt and the fields in a row instead of its own.
  ///
  /// A dump does this, because copying each value into a record takes as long as all its other work.
  ///
  /// - Parameters:
  ///   - first: the number of the first of `GenerationContent.columns(of:)` in the row.
  ///   - prompt: the number of the column with the prompt.
  func write(
    fieldsOf rows: borrowing RawRows, from first: Int32, prompt: Int32, to writer: inout JSONWriter
  ) {
    writer.beginObject()
    var column = first
    for member in Self.writers {
      switch member {
      case .field(let field):
        write(field, rows, column, to: &writer)
        column += field.columns
      case .other(.prompt, let name):
        writer.key(name)
        writer.value(utf8: rows.bytes(prompt))
      case .other(let key, let name): write(key, name, to: &writer)
      }
    }
    writer.endObject()
  }

  /// The part of a member that writing needs, which is smaller to copy than a whole field.
  private enum MemberWriter: Sendable {
    case field(FieldWriter)
    case other(RecordKey, JSONKey)
  }

  private final class FieldWriter: Sendable {
    let key: JSONKey
    let presence: GenerationField.Presence
    let columns: Int32
    let isAbsent: @Sendable (GenerationContent) -> Bool
    let write: @Sendable (GenerationContent, inout JSONWriter) -> Void
    let transcribe: GenerationField.Transcription

    init(_ field: GenerationField) {
      key = JSONKey(field.name)
      presence = field.presence
      columns = Int32(field.columns.count)
      isAbsent = field.isAbsent
      write = field.write
      transcribe =
        field.transcribe ?? { rows, first, key, writer in
          var content = GenerationContent()
          field.load(rows, first, &content)
          if field.isAbsent(content) { return false }
          writer.key(key)
          field.write(content, &writer)
          return true
        }
    }
  }

  private static let writers = RecordMember.all.map { member in
    switch member {
    case .field(let field): MemberWriter.field(FieldWriter(field))
    case .other(let key): MemberWriter.other(key, JSONKey(key.rawValue))
    }
  }

  private func write(
    _ field: FieldWriter, _ content: GenerationContent, to object: inout JSONWriter
  ) {
    guard includes(field) else { return }
    if field.isAbsent(content) { return writeAbsent(field, to: &object) }
    object.key(field.key)
    field.write(content, &object)
  }

  private func write(
    _ field: FieldWriter, _ rows: borrowing RawRows, _ first: Int32, to object: inout JSONWriter
  ) {
    guard includes(field) else { return }
    for column in first..<(first + field.columns) where !rows.isNull(column) {
      if !field.transcribe(rows, first, field.key, &object) { writeAbsent(field, to: &object) }
      return
    }
    writeAbsent(field, to: &object)
  }

  private func includes(_ field: FieldWriter) -> Bool {
    switch field.presence {
    case .always, .ifPresent: true
    case .inArchives: archive != nil
    }
  }

  private func writeAbsent(_ field: FieldWriter, to object: inout JSONWriter) {
    switch field.presence {
    case .always: object.null(field.key)
    case .ifPresent, .inArchives: break
    }
  }

  /// Most generations do not have the members after `references`, so these are left out instead of null.
  private func write(_ key: RecordKey, _ name: JSONKey, to object: inout JSONWriter) {
    switch key {
    case .id: object.member(name, id?.rawValue)
    case .uid:
      if let uid {
        object.key(name)
        object.value(uid)
      } else {
        object.null(name)
      }
    case .status: object.member(name, status?.rawValue)
    case .prompt: object.member(name, prompt)
    case .createdAt: object.member(name, createdAt)
    case .tags:
      object.key(name)
      object.array { array in
        for tag in tags { array.value(tag.description) }
      }
    case .parent: object.member(name, parent?.rawValue)
    case .images:
      object.key(name)
      object.array { array in
        for image in images { image.write(to: &array, hash: archive != nil) }
      }
    case .references:
      object.key(name)
      object.array { array in
        for reference in references { reference.write(to: &array) }
      }
    case .parentUID: if let parentUID { object.member(name, parentUID.description) }
    case .provenance:
      if let provenance {
        object.key(name)
        provenance.write(to: &object)
      }
    default: archive?.write(key, name, to: &object)
    }
  }
}

extension ImageRecord {
  fileprivate func write(to writer: inout JSONWriter, hash: Bool) {
    writer.object { object in
      object.member("position", position)
      object.member("sha256", digest.hex)
      if let path { object.member("path", path) }
      if let pathBytes { object.member("path_bytes", Base64.text(pathBytes)) }
      object.member("width", width)
      object.member("height", height)
      object.member("bytes", min(bytes, Self.fileSizes.upperBound))
      object.member("format", format)
      object.member("missing", isMissing)
      if isRemote { object.member("remote", true) }
      if hash, let perceptualHash {
        object.member("phash", Hex.string(perceptualHash.bigEndianBytes))
      }
    }
  }
}

extension RecordedFailure {
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("code", code)
      object.member("message", message)
    }
  }
}

extension RecordedVerdict {
  /// The verdict's kind and numbers as one object; if there are several images, an array of such
  /// objects.
  public var json: String {
    if detail.hasPrefix("["), JSONReader.isValue(detail) { return detail }
    var named = JSONWriter()
    named.object { $0.member("kind", kind) }
    guard let numbers = detail.firstIndex(of: "{"), JSONReader.isValue(detail) else {
      return named.text
    }
    if (try? JSONReader.member("kind", of: detail)) != nil { return detail }
    let rest = detail[detail.index(after: numbers)...]
    let isEmpty = rest.first { !$0.isWhitespace } == "}"
    return named.text.dropLast() + (isEmpty ? "" : ",") + rest
  }
}

extension Provenance {
  /// Writes tool, settings and the tool's own text as one JSON object.
  package func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("tool", tool)
      object.member("settings", raw: settings)
      if let raw { object.member(bytes: raw, as: "raw") }
    }
  }
}

extension RecordArchive {
  fileprivate func write(_ key: RecordKey, _ name: JSONKey, to object: inout JSONWriter) {
    switch key {
    case .attempts: object.member(name, attempts)
    case .owner: if let owner { object.member(name, owner.description) }
    case .ownedAt: if let ownedAt { object.member(name, ownedAt.description) }
    case .requestBody: if let requestBody { object.member(bytes: requestBody, as: key.rawValue) }
    case .replyBody: if let replyBody { object.member(bytes: replyBody, as: key.rawValue) }
    case .pollBody: if let pollBody { object.member(bytes: pollBody, as: key.rawValue) }
    case .events:
      object.key(name)
      object.array { array in
        for event in events { event.write(to: &array) }
      }
    case .collections where !collections.isEmpty:
      object.key(name)
      object.object { positions in
        for (name, position) in collections.sorted(by: { $0.key < $1.key }) {
          positions.member(name.text, position)
        }
      }
    case .edits where !edits.isEmpty:
      object.key(name)
      object.object { stamps in
        for (field, time) in edits.sorted(by: { $0.key < $1.key }) {
          stamps.member(field.description, time.description)
        }
      }
    default: break
    }
  }
}

extension Event {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.key("at")
      object.value(at)
      object.member("kind", kind)
      if let detail { object.member("detail", detail) }
    }
  }
}

extension JSONWriter {
  /// Writes bytes as text if they are text, otherwise in base64 under the name with `_base64` after
  /// it.
  fileprivate mutating func member(bytes: [UInt8], as name: String) {
    if !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) {
      member(name, text)
    } else {
      member(name + "_base64", Base64.text(bytes))
    }
  }
}

extension UInt64 {
  var bigEndianBytes: [UInt8] {
    stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> $0) }
  }
}
