import SeedbankModel

/// The parts of a snapshot, and how far it reaches.
struct SnapshotList: Equatable, Sendable {
  static let version = 1
  /// The largest list in bytes.
  static let limit = 16 << 20

  /// The last segment of each library whose records are in the snapshot.
  let counters: [String: Int64]
  let parts: [Digest]

  init(counters: [String: Int64], parts: [Digest]) {
    self.counters = counters
    self.parts = parts
  }

  var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.member("snapshot_version", Self.version)
      object.key("libraries")
      object.object { libraries in
        for (library, counter) in counters.sorted(by: { $0.key < $1.key }) {
          libraries.member(library, counter)
        }
      }
      object.key("parts")
      object.array { array in for part in parts { array.value(part.hex) } }
    }
    writer.newline()
    return writer.bytes
  }

  /// - Returns: nil if it is not the list of a snapshot of this version.
  init?(json: [UInt8]) {
    var (version, counters, parts) = (0, [String: Int64](), [Digest]())
    do {
      try json.withUnsafeBufferPointer { bytes in
        var reader = JSONReader(bytes)
        try reader.members { name, reader throws(RecordError) in
          switch name {
          case "snapshot_version": version = Int(exactly: try reader.number()) ?? 0
          case "libraries":
            try reader.members { library, reader throws(RecordError) in
              let counter = try reader.number()
              guard RemoteLayout.isLibrary(library), counter >= 0, counter < 1e15 else { return }
              counters[library] = Int64(counter)
            }
          case "parts":
            try reader.array { reader throws(RecordError) in
              guard let part = Digest(try reader.string()) else { return }
              parts.append(part)
            }
          default: try reader.skipValue()
          }
        }
      }
    } catch {
      return nil
    }
    guard version == Self.version else { return nil }
    self.init(counters: counters, parts: parts)
  }
}
