import SeedbankModel

extension Reply {
  /// The reply without the key in any form.
  ///
  /// Only this reply is read, recorded and shown.
  ///
  /// In links to images and in job ids, a ``KeyMarker`` replaces the key, so that they still work.
  /// Elsewhere asterisks replace it. The bytes of an image are not changed.
  package func redacting(_ key: APIKey) -> Reply {
    Reply(
      status: status, headers: headers.redacting(key),
      body: key.redacted(inBody: key.marking(linksIn: body)))
  }

  /// The reply to a download without the key in its headers, because some of them are recorded.
  ///
  /// The target of a redirect is not changed.
  func redactingHeaders(_ key: APIKey) -> Reply {
    Reply(status: status, headers: headers.redacting(key, except: "location"), body: body)
  }
}

extension ReplyHeaders {
  /// The fields without the key.
  ///
  /// - Parameter exception: The name, in lower case, of a field that is not changed.
  func redacting(_ key: APIKey, except exception: String? = nil) -> ReplyHeaders {
    ReplyHeaders(
      fields.map { field in
        field.name == exception
          ? (name: field.name, value: field.value)
          : (name: key.redacted(in: field.name), value: key.redacted(in: field.value))
      })
  }
}

extension APIKey {
  /// The bytes with asterisks in place of the key.
  func redacted(in bytes: [UInt8]) -> [UInt8] { redacted(in: bytes, images: []) }

  /// The text with asterisks in place of the key.
  func redacted(in text: String) -> String {
    String(decoding: redacted(in: Array(text.utf8)), as: UTF8.self)
  }

  /// The link as the service gave it, for its download alone.
  func restored(_ link: ImageLink) -> ImageLink {
    guard let origin = try? WebAddress(link.url).origin else { return link }
    return ImageLink(marker(for: origin).restoring(link.url))
  }

  /// The job's id as the service gave it, for polls alone.
  func restored(jobID: String) -> String { marker(for: KeyMarker.job).restoring(jobID) }

  private func marker(for destination: String) -> KeyMarker {
    KeyMarker(Array(value.utf8), linkFinder, for: destination)
  }

  private func redacted(in bytes: [UInt8], images: [Range<Int>]) -> [UInt8] {
    var result = bytes
    for match in finder.matches(in: bytes, images: images) {
      for position in match.range { result[position] = UInt8(ascii: "*") }
    }
    return result
  }

  fileprivate func redacted(inBody body: [UInt8]) -> [UInt8] {
    let root = try? JSONDocument(body).root
    let elements = root.map { ImageElement.groups($0).flatMap(\.elements) } ?? []
    let images = elements.compactMap(\.imageRange).sorted { $0.lowerBound < $1.lowerBound }
    return redacted(in: body, images: images)
  }

  /// The body with markers in its links and its job id.
  fileprivate func marking(linksIn body: [UInt8]) -> [UInt8] {
    guard let root = try? JSONDocument(body).root else { return body }
    var edits: [Range<Int>: String] = [:]
    for element in ImageElement.groups(root).flatMap(\.elements) {
      // The host is not changed, because the marker is valid for this host.
      guard let link = element.link, let range = element.linkRange,
        let origin = try? WebAddress(link).origin, let start = WebAddress.targetOffset(in: link)
      else { continue }
      edits[range] = edit(of: link, from: start, marker(for: origin))
    }
    if let place = JobID.place(root), let id = place.string {
      edits[place.node.range] = edit(of: id, from: 0, marker(for: KeyMarker.job))
    }
    if edits.isEmpty { return body }
    var edited: [UInt8] = []
    edited.reserveCapacity(body.count)
    var position = 0
    for (range, text) in edits.sorted(by: { $0.key.lowerBound < $1.key.lowerBound }) {
      edited += body[position..<range.lowerBound] + JSONWriter.literal(text)
      position = range.upperBound
    }
    return edited + body[position...]
  }

  /// The text with markers for the key; nil if it does not change.
  private func edit(of text: String, from start: Int, _ marker: KeyMarker) -> String? {
    let harmless = KeyMarker.neutralizing(text)
    return marker.marking(harmless, from: start) ?? (harmless == text ? nil : harmless)
  }
}
