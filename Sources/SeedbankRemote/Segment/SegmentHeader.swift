import SeedbankModel

/// The first line of a segment, which says whose it is.
struct SegmentHeader: Hashable {
  let library: String
  let counter: Int64
  static let version = 1

  var line: [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.member("segment_version", Self.version)
      object.member("library", library)
      object.member("counter", counter)
    }
    writer.newline()
    return writer.bytes
  }

  init(library: String, counter: Int64) {
    self.library = library
    self.counter = counter
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
  }
}
