package import SeedbankModel

extension Provenance {
  /// The settings one by one, in the order of their names: a string as its text, all else as JSON.
  package var settingsByName: [(name: String, value: String)] {
    var found: [(name: String, value: String)] = []
    var json = settings
    json.withUTF8 { bytes in
      var reader = JSONReader(bytes)
      // Text that is not an object has no settings; an incomplete one has those before its end.
      try? reader.members { name, reader throws(RecordError) in
        let value = try reader.rawValue()
        found.append((name, FieldValue.string(value) ?? value))
      }
    }
    return found.sorted { $0.name < $1.name }
  }
}
