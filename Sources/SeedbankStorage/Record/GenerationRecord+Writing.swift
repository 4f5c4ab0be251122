public import SeedbankModel

extension GenerationRecord {
  /// The record as JSON on one line, without the line's end.
  public var json: String {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.text
  }

  /// Writes the record as one JSON object.
  public func write(to writer: inout JSONWriter) {
    writer.object { object in
      writeRequest(to: &object)
      writeState(to: &object)
      writeExtras(to: &object)
      archive?.write(to: &object)
    }
  }

  private func writeRequest(to object: inout JSONWriter) {
    object.member("id", id?.rawValue)
    object.member("uid", uid?.description)
    object.member("status", status?.rawValue)
    object.member("prompt", prompt)
    object.member("model", parameters.model)
    object.member("size", parameters.size)
    object.member("width", parameters.width)
    object.member("height", parameters.height)
    object.member("seed", parameters.seed)
    object.member("guidance_scale", parameters.guidanceScale)
    object.member("watermark", parameters.watermark)
    object.member("response_format", parameters.responseFormat)
  }

  private func writeState(to object: inout JSONWriter) {
    object.member("created_at", createdAt?.description)
    object.member("completed_at", completedAt?.description)
    object.key("tags")
    object.array { array in
      for tag in tags { array.value(tag.description) }
    }
    object.member("rating", rating)
    object.member("favorite", isFavorite)
    object.member("note", note)
    object.member("parent", parent?.rawValue)
    object.member("job_set_id", jobID)
    object.key("error")
    if let failure { failure.write(to: &object) } else { object.null() }
    object.member("usage", raw: usage)
    object.key("images")
    object.array { array in
      for image in images { image.write(to: &array, hash: archive != nil) }
    }
  }

  /// What most generations lack is left out rather than null.
  private func writeExtras(to object: inout JSONWriter) {
    if let parentUID { object.member("parent_uid", parentUID.description) }
    if let parentChange { object.member("parent_change", raw: parentChange) }
    if let verdict { object.member("verdict", raw: verdict.json) }
    if let gateway { object.member("gateway", gateway) }
    if let provenance {
      object.key("provenance")
      provenance.write(to: &object)
    }
    if let trashedAt { object.member("trashed_at", trashedAt.description) }
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
      object.member("bytes", bytes)
      object.member("format", format)
      object.member("missing", isMissing)
      if hash, let perceptualHash {
        object.member("phash", Hex.string(perceptualHash.bigEndianBytes))
      }
    }
  }
}

extension RecordedFailure {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("code", code)
      object.member("message", message)
    }
  }
}

extension RecordedVerdict {
  /// The verdict's numbers with its kind before them, as one object; of several images, an array of
  /// such objects.
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
  public func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("tool", tool)
      object.member("settings", raw: settings)
      if let raw { object.member(bytes: raw, as: "raw") }
    }
  }
}

extension RecordArchive {
  fileprivate func write(to object: inout JSONWriter) {
    object.member("attempts", attempts)
    if let owner { object.member("owner", owner.description) }
    if let ownedAt { object.member("owned_at", ownedAt.description) }
    for (name, body) in [
      ("request_body", requestBody), ("reply_body", replyBody), ("poll_body", pollBody),
    ] {
      if let body { object.member(bytes: body, as: name) }
    }
    object.key("events")
    object.array { array in
      for event in events { event.write(to: &array) }
    }
    if !collections.isEmpty {
      object.key("collections")
      object.object { positions in
        for (name, position) in collections.sorted(by: { $0.key < $1.key }) {
          positions.member(name, position)
        }
      }
    }
    if !edits.isEmpty {
      object.key("edits")
      object.object { stamps in
        for (field, time) in edits.sorted(by: { $0.key < $1.key }) {
          stamps.member(field.description, time.description)
        }
      }
    }
  }
}

extension Event {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("at", at.description)
      object.member("kind", kind)
      if let detail { object.member("detail", detail) }
    }
  }
}

extension JSONWriter {
  /// Bytes as text where they are text, else in base64 under the name with `_base64` after it.
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
