import SeedbankModel

/// The first line of a segment, which says whose it is.
struct SegmentHeader: Hashable {
  let library: String
  let counter: Int64
  /// The counter of the segment before it; 0 for the first one, nil if the segment does not say it.
  ///
  /// Counters have gaps, because a counter whose segment may not have been written is not used again. Only
  /// the segment itself shows whether one that a listing leaves out exists.
  let previous: Int64?
  /// Whether the library begins to send all its records again.
  let restarts: Bool
  /// Whether the library had no other changes when it wrote the segment.
  let completes: Bool
  static let version = 1

  var line: [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.member("segment_version", Self.version)
      object.member("library", library)
      object.member("counter", counter)
      if let previous { object.member("previous", previous) }
      if restarts { object.member("restarts", true) }
      if completes { object.member("completes", true) }
    }
    writer.newline()
    return writer.bytes
  }

  init(
    library: String, counter: Int64, previous: Int64? = nil, restarts: Bool = false,
    completes: Bool = false
  ) {
    self.library = library
    self.counter = counter
    self.previous = previous
    self.restarts = restarts
    self.completes = completes
  }

  /// - Returns: nil if the line is not the header of a segment of this version.
  init?(_ line: String) {
    guard let version = (try? JSONReader.member("segment_version", of: line)).flatMap({ Int($0) }),
      version == Self.version,
      let library = try? JSONReader.member("library", of: line),
      let counter = (try? JSONReader.member("counter", of: line)).flatMap({ Int64($0) })
    else { return nil }
    self.library = String(library.filter { $0 != "\"" })
    self.counter = counter
    previous = (try? JSONReader.member("previous", of: line)).flatMap { Int64($0) }
    restarts = (try? JSONReader.member("restarts", of: line)) == "true"
    completes = (try? JSONReader.member("completes", of: line)) == "true"
  }
}
