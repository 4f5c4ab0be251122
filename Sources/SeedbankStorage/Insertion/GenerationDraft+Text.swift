import SeedbankModel

extension GenerationDraft {
  /// The draft as the catalog can keep it: SQLite's own interface ends a text at a NUL, so text of
  /// other programs loses its NULs here.
  ///
  /// What stood after one would be lost otherwise, and would be in the index but not in the row.
  /// `provenance.raw` keeps them, since it is bytes.
  var withoutNUL: GenerationDraft {
    var draft = self
    draft.prompt = prompt.withoutNUL
    draft.note = note?.withoutNUL
    draft.parameters.model = parameters.model?.withoutNUL
    draft.parameters.size = parameters.size?.withoutNUL
    draft.parameters.responseFormat = parameters.responseFormat?.withoutNUL
    draft.provider.name = provider.name?.withoutNUL
    draft.provider.endpoint = provider.endpoint?.withoutNUL
    draft.provenance = provenance?.withoutNUL
    return draft
  }
}

extension Provenance {
  var withoutNUL: Provenance {
    Provenance(tool: tool.withoutNUL, settings: settings.withoutEscapedNUL, raw: raw)
  }
}

extension String {
  /// The JSON without the escapes of NUL.
  var withoutEscapedNUL: String {
    let escape = Array(#"\u0000"#.utf8)
    let bytes = Array(utf8)
    guard bytes.firstRange(of: escape) != nil || bytes.contains(0) else { return self }
    var kept: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: escape) {
        index += escape.count
      } else if bytes[index] == UInt8(ascii: "\\") {
        // The next byte is escaped too and does not start another escape.
        kept += bytes[index..<min(index + 2, bytes.count)]
        index += 2
      } else {
        if bytes[index] != 0 { kept.append(bytes[index]) }
        index += 1
      }
    }
    return String(decoding: kept, as: UTF8.self)
  }
}
