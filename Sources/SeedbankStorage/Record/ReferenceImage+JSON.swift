import SeedbankModel

private enum ReferenceKey: String, CaseIterable {
  case position, role, sha256, format, width, height, bytes, missing

  static let table = KeyTable<ReferenceKey>()
}

extension ReferenceImage {
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member(ReferenceKey.position.rawValue, position)
      object.member(ReferenceKey.role.rawValue, role.rawValue)
      object.member(ReferenceKey.sha256.rawValue, digest.hex)
      object.member(ReferenceKey.format.rawValue, format)
      object.member(ReferenceKey.width.rawValue, width)
      object.member(ReferenceKey.height.rawValue, height)
      object.member(ReferenceKey.bytes.rawValue, min(bytes, ImageRecord.fileSizes.upperBound))
      object.member(ReferenceKey.missing.rawValue, place == .missing)
      if place == .remote { object.member("remote", true) }
    }
  }

  /// - Parameter position: the position if the object does not have one.
  init(_ reader: inout JSONReader, position: Int) throws(RecordError) {
    var digest: Digest?
    var role = Role.image
    var position = position
    var (width, height, size): (Int, Int, Int64) = (0, 0, 0)
    var format = "jpeg"
    var isMissing = false
    var keys = KeyFinder(ReferenceKey.table)
    try reader.object { reader, bytes throws(RecordError) in
      guard let key = keys.find(bytes) else { return try reader.skipValue() }
      if reader.takeNull() { return }
      switch key {
      case .position: position = Int(try reader.integer(key, in: 1...1 << 31))
      case .role: role = try reader.parsed(key, Self.roles) { Role(rawValue: $0) }
      case .sha256: digest = try reader.parsed(key, "64 hexadecimal digits") { Digest($0) }
      case .format: format = try reader.parsed(key, ImageRecord.formats, ImageRecord.format)
      case .width: width = Int(try reader.integer(key, in: 0...1 << 31))
      case .height: height = Int(try reader.integer(key, in: 0...1 << 31))
      case .bytes: size = try reader.integer(key, in: ImageRecord.fileSizes)
      case .missing: isMissing = try reader.flag(key)
      }
    }
    guard let digest else {
      throw .badValue(field: "references", allowed: "objects with a sha256")
    }
    self.init(
      position: position, role: role, digest: digest, format: format, width: width,
      height: height, bytes: size,
      // A record does not say since when, and a restore looks for the file itself.
      missingSince: isMissing ? Timestamp(milliseconds: 0) : nil)
  }

  private static let roles = Role.allCases.map(\.rawValue).joined(separator: " or ")
}
