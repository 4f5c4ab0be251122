import SeedbankModel

/// Thumbnails of several images in one object: a tar file with an entry `DIGEST.jpg` for each.
///
/// One object for many images needs far fewer requests than one for each.
struct ThumbnailPack: Equatable, Sendable {
  /// A thumbnail in a pack.
  struct Entry: Equatable, Sendable {
    /// Of the image, not of the thumbnail.
    let image: Digest
    let jpeg: [UInt8]
  }

  let entries: [Entry]
  /// The largest thumbnail in bytes.
  static let entryLimit = 256 << 10
  /// The largest pack in bytes.
  static let limit = 64 << 20
  private static let block = 512
  private static let suffix = ".jpg"

  init(_ entries: [Entry]) { self.entries = entries }

  /// Reads a tar file; nil if it is damaged.
  ///
  /// Entries with other names are skipped.
  init?(tar: [UInt8]) {
    var entries: [Entry] = []
    var rest = tar[...]
    while let head = Self.take(Self.block, from: &rest) {
      if head.allSatisfy({ $0 == 0 }) {
        self.entries = entries
        return
      }
      guard let size = Int(Self.text(head, 124..<136), radix: 8), (0...tar.count).contains(size),
        let content = Self.take(size, from: &rest),
        Self.take(Self.padding(size), from: &rest) != nil
      else { return nil }
      let name = Self.text(head, 0..<100)
      guard name.hasSuffix(Self.suffix), size <= Self.entryLimit,
        let image = Digest(name.dropLast(Self.suffix.count))
      else { continue }
      entries.append(Entry(image: image, jpeg: Array(content)))
    }
    // The end is missing.
    return nil
  }

  /// The bytes of the tar file.
  var tar: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(
      entries.reduce(2 * Self.block) {
        $0 + Self.block + $1.jpeg.count + Self.padding($1.jpeg.count)
      })
    for entry in entries {
      bytes += Self.head(entry)
      bytes += entry.jpeg
      bytes += [UInt8](repeating: 0, count: Self.padding(entry.jpeg.count))
    }
    bytes += [UInt8](repeating: 0, count: 2 * Self.block)
    return bytes
  }

  private static func head(_ entry: Entry) -> [UInt8] {
    var head = [UInt8](repeating: 0, count: block)
    func set(_ text: String, at offset: Int) {
      head.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
    }
    func octal(_ number: Int, digits: Int) -> String {
      let text = String(number, radix: 8)
      return String(repeating: "0", count: max(digits - text.utf8.count, 0)) + text
    }
    set(entry.image.hex + suffix, at: 0)
    set("0000644", at: 100)
    for offset in [108, 116] { set("0000000", at: offset) }
    set(octal(entry.jpeg.count, digits: 11), at: 124)
    set(octal(0, digits: 11), at: 136)
    set("        ", at: 148)
    set("0", at: 156)
    set("ustar", at: 257)
    set("00", at: 263)
    // The sum counts its own field as spaces.
    let sum = head.reduce(0) { $0 + Int($1) }
    set(octal(sum, digits: 6) + "\0 ", at: 148)
    return head
  }

  private static func padding(_ size: Int) -> Int { (block - size % block) % block }

  private static func take(_ count: Int, from rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard rest.count >= count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  /// The text of a field, which ends at a zero or a space.
  private static func text(_ head: ArraySlice<UInt8>, _ field: Range<Int>) -> String {
    let bytes = head.dropFirst(field.lowerBound).prefix(field.count)
    return String(decoding: bytes.prefix { $0 != 0 && $0 != 0x20 }, as: UTF8.self)
  }
}
