import FoundationEssentials
import SeedbankModel

/// One line of an export's record.
enum RecordLine: Hashable {
  case header(version: Int)
  case entry(ExportEntry)
  case removed(RelativePath)

  static let version = 1

  var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      switch self {
      case .header(let version): object.member("seedbank_export", version)
      case .removed(let path): object.member("removed", path.description)
      case .entry(let entry): entry.write(to: &object)
      }
    }
    writer.newline()
    return writer.bytes
  }

  /// The line, or nil if it is incomplete or not valid.
  init?(json line: some Collection<UInt8>) {
    guard let read = try? JSONDecoder().decode(ReadLine.self, from: Data(line)) else { return nil }
    if let version = read.version {
      self = .header(version: version)
    } else if let removed = read.removed {
      guard let path = RelativePath(checking: removed) else { return nil }
      self = .removed(path)
    } else if let entry = read.entry {
      self = .entry(entry)
    } else {
      return nil
    }
  }
}

extension ExportEntry {
  fileprivate func write(to object: inout JSONWriter) {
    object.member("path", path.description)
    object.member("role", role.rawValue)
    if let owner {
      object.member("uid", owner.uid.description)
      object.member("position", owner.position)
    }
    if let number { object.member("n", number) }
    if let requestedName { object.member("wished", requestedName) }
    if isLink { object.member("link", true) }
    object.member("size", size)
    object.member("modified", modified)
    object.member("digest", digest)
    if let splice {
      object.member("source", splice.source.hex)
      object.key("inserted")
      object.array { array in
        for range in splice.inserted {
          array.array {
            $0.value(range.lowerBound)
            $0.value(range.upperBound)
          }
        }
      }
    }
    object.member("recipe", recipe)
  }
}

/// The members of a line as they are named in the file.
private struct ReadLine: Decodable {
  var version: Int?
  var removed: String?
  var path: String?
  var role: ExportEntry.Role?
  var uid: UID?
  var position: Int?
  var n: Int?
  var requestedName: String?
  var link: Bool?
  var size: Int64?
  var modified: Int64?
  var digest: String?
  var source: String?
  var inserted: [[Int]]?
  var recipe: String?

  private enum CodingKeys: String, CodingKey {
    case version = "seedbank_export"
    case requestedName = "wished"
    case removed, path, role, uid, position, n, link, size, modified, digest, source, inserted,
      recipe
  }

  /// The sequence numbers that an export can write.
  ///
  /// Another one was changed or damaged. It is ignored, because the next number must not overflow.
  private static let numbers = 0...1 << 53

  private var splice: InsertedRanges? {
    guard let source = source.flatMap({ Digest($0) }), let inserted else { return nil }
    let ranges = inserted.compactMap { ends in
      ends.count == 2 && ends[0] <= ends[1] ? ends[0]..<ends[1] : nil
    }
    return ranges.count == inserted.count ? InsertedRanges(inserted: ranges, source: source) : nil
  }

  var entry: ExportEntry? {
    guard let path = path.flatMap({ RelativePath(checking: $0) }), let role, let size, let modified,
      let digest, let recipe
    else { return nil }
    var owner: ExportEntry.Owner?
    if let uid, let position { owner = ExportEntry.Owner(uid: uid, position: position) }
    return ExportEntry(
      path: path, role: role, owner: owner,
      number: n.flatMap { Self.numbers.contains($0) ? $0 : nil }, requestedName: requestedName,
      isLink: link ?? false, size: size, modified: modified, digest: digest, splice: splice,
      recipe: recipe)
  }
}
