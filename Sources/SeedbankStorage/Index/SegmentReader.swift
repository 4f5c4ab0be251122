internal import GRDB

/// Reads a segment of the full-text index from its pages, in the order of its terms.
///
/// The layout is defined in SQLite's `fts5_index.c`. A page begins with two 16-bit numbers: the place of
/// the first rowid if it precedes all terms of the page, and the end of the text. Then follows the text,
/// and behind it the places of the terms. The text of a term consists of its bytes and its list: rowids,
/// each with the length of its positions and the positions. A list can continue on the next pages, but no
/// number is divided between pages.
///
/// SQL through `fts5vocab` takes ten times as long, because SQLite passes each position as a row.
final class SegmentReader {
  private var pages: RawRows
  private var nextPage: Int64
  private let lastPage: Int64
  /// The page that is read, until the next one is loaded.
  private var page = UnsafeRawBufferPointer(start: nil, count: 0)
  private var offset = 0
  private var textEnd = 0
  private var firstRowid = 0
  /// The place of the next term of the page, and the place of the number after it; `noTerm` if there is
  /// none.
  private var termStart = SegmentReader.noTerm
  private var footer = 0
  private var isFirstTermOfPage = true
  private var isFirstRowidOfPage = true
  private var isFirstOfList = true
  /// The bytes of the positions of the entry that were not read.
  private var unread = 0
  private var scratch: [UInt8] = []

  /// The bytes of the term, of which the first names the index of all terms.
  private(set) var term: [UInt8] = []
  /// The rowid of the entry.
  private(set) var rowid: Int64 = 0

  private static let noTerm = Int.max
  /// The byte at the beginning of each term of the index of all terms.
  private static let mainIndex = UInt8(ascii: "0")

  /// Returns the term of a token in the index of all terms.
  static func mainTerm(_ token: [UInt8]) -> [UInt8] { [mainIndex] + token }

  /// - Parameter term: the reader begins at the page that contains the term if the segment has it; nil for
  ///   the first page.
  init(_ segment: IndexSegment, from term: [UInt8]? = nil, in database: Database) throws {
    let first = try term.flatMap { try segment.page(of: $0, in: database) } ?? segment.firstPage
    nextPage = segment.id << 37 + first
    lastPage = segment.id << 37 + segment.lastPage
    pages = try RawRows(
      once: """
        SELECT id, block FROM search_index_data WHERE id BETWEEN \(nextPage) AND \(lastPage)
        ORDER BY id
        """, in: database)
  }

  /// Moves to the next term; returns false at the end.
  func nextTerm() throws -> Bool {
    while termStart == Self.noTerm {
      guard try load() else { return false }
    }
    offset = termStart
    let kept = isFirstTermOfPage ? 0 : try number()
    let added = try number()
    let known = isFirstTermOfPage ? 0 : term.count
    guard kept <= known, added > 0, added <= textEnd - offset else { throw IndexFormatError() }
    term.removeSubrange(kept...)
    term.append(contentsOf: page[offset..<offset + added])
    guard term.first == Self.mainIndex else { throw IndexFormatError() }
    offset += added
    isFirstTermOfPage = false
    isFirstRowidOfPage = false
    isFirstOfList = true
    unread = 0
    try findTerm(after: termStart)
    return true
  }

  /// Moves to the first term that is not less than `wanted`; returns false if there is none.
  ///
  /// Call this before terms are read.
  ///
  /// - Parameter onPage: whether to search only the first page that is read.
  func seek(_ wanted: [UInt8], onPage: Bool) throws -> Bool {
    while !(onPage && isLoaded && termStart == Self.noTerm), try nextTerm() {
      if !term.lexicographicallyPrecedes(wanted) { return true }
    }
    return false
  }

  private var isLoaded: Bool { page.baseAddress != nil }

  /// Moves to the next entry of the term; returns false if there are no more.
  func nextEntry() throws -> Bool {
    try skipPositions()
    while offset != termStart, offset >= textEnd {
      guard try load() else {
        guard !isFirstOfList else { throw IndexFormatError() }
        return false
      }
    }
    guard offset != termStart else {
      guard !isFirstOfList else { throw IndexFormatError() }
      return false
    }
    guard !isFirstRowidOfPage || offset == firstRowid else { throw IndexFormatError() }
    let (number, last) = (try wideNumber(), rowid)
    if isFirstOfList {
      rowid = number
    } else {
      rowid = isFirstRowidOfPage ? number : last &+ number
      guard rowid > last else { throw IndexFormatError() }
    }
    isFirstOfList = false
    isFirstRowidOfPage = false
    // The low bit marks that an older entry is deleted.
    unread = try self.number() >> 1
    return true
  }

  /// Calls `body` with each entry of the term that was not read.
  ///
  /// An entry without positions only deletes older entries.
  func forEachEntry(_ body: (_ id: Int64, _ hasPositions: Bool) -> Void) throws {
    while try nextEntry() {
      body(rowid, unread > 0)
      try readWholeEntries(body)
    }
  }

  /// Reads the entries that are far enough from the end of the page, without a check of each byte.
  private func readWholeEntries(_ body: (Int64, Bool) -> Void) throws {
    let end = min(termStart, textEnd)
    guard unread <= end - offset else { return }
    var (next, id) = (offset + unread, rowid)
    // Two numbers have at most 18 bytes.
    while end - next > 18 {
      var place = next
      let distance = try Varint.read(page, &place)
      let size = try Varint.read(page, &place) >> 1
      guard distance > 0, size >= 0 else { throw IndexFormatError() }
      guard size <= Int64(end - place) else { break }
      id &+= distance
      next = place + Int(size)
      body(id, size > 0)
    }
    (offset, rowid, unread) = (next, id, 0)
  }

  /// Passes on the positions of the entry, which then are read.
  func withPositions<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) throws -> Value {
    let count = unread
    unread = 0
    if count <= textEnd - offset {
      offset += count
      return try body(UnsafeRawBufferPointer(rebasing: page[offset - count..<offset]))
    }
    scratch.removeAll(keepingCapacity: true)
    while scratch.count < count {
      if offset == textEnd { guard try load() else { throw IndexFormatError() } }
      let part = min(count - scratch.count, textEnd - offset)
      scratch.append(contentsOf: page[offset..<offset + part])
      offset += part
    }
    return try scratch.withUnsafeBytes(body)
  }

  private func skipPositions() throws {
    while unread > textEnd - offset {
      unread -= textEnd - offset
      guard try load() else { throw IndexFormatError() }
    }
    offset += unread
    unread = 0
  }

  private func load() throws -> Bool {
    guard nextPage <= lastPage else { return false }
    guard try pages.next(), pages.integer(0) == nextPage else { throw IndexFormatError() }
    nextPage += 1
    page = pages.bytes(1)
    guard page.count >= 4 else { throw IndexFormatError() }
    firstRowid = Int(page[0]) << 8 | Int(page[1])
    textEnd = Int(page[2]) << 8 | Int(page[3])
    guard (4...page.count).contains(textEnd) else { throw IndexFormatError() }
    offset = 4
    footer = textEnd
    isFirstTermOfPage = true
    isFirstRowidOfPage = true
    try findTerm(after: 0)
    return true
  }

  /// The footer has the distance of each term from the one before it.
  private func findTerm(after start: Int) throws {
    guard footer < page.count else {
      termStart = Self.noTerm
      return
    }
    let distance = try Varint.read(page, &footer)
    guard (0...Int64(page.count)).contains(distance) else { throw IndexFormatError() }
    termStart = start + Int(distance)
    guard termStart >= offset, termStart < textEnd else { throw IndexFormatError() }
  }

  private func number() throws -> Int {
    let number = try wideNumber()
    guard (0...Int64(Int32.max)).contains(number) else { throw IndexFormatError() }
    return Int(number)
  }

  private func wideNumber() throws -> Int64 {
    let text = UnsafeRawBufferPointer(rebasing: page[..<textEnd])
    return try Varint.read(text, &offset)
  }
}

/// The data of the index does not have the form that is known.
///
/// It may be damaged, or in the format of a later version of SQLite.
struct IndexFormatError: Error {}

/// SQLite's numbers of variable length.
enum Varint {
  /// Reads a number of up to nine bytes: seven bits in each but the ninth, the high bits first.
  @inline(__always)
  static func read(_ bytes: UnsafeRawBufferPointer, _ offset: inout Int) throws -> Int64 {
    guard offset < bytes.count else { throw IndexFormatError() }
    let first = bytes[offset]
    offset += 1
    if first < 0x80 { return Int64(first) }
    var number = UInt64(first & 0x7F)
    for _ in 0..<7 {
      guard offset < bytes.count else { throw IndexFormatError() }
      let byte = bytes[offset]
      offset += 1
      number = number << 7 | UInt64(byte & 0x7F)
      if byte < 0x80 { return Int64(number) }
    }
    guard offset < bytes.count else { throw IndexFormatError() }
    number = number << 8 | UInt64(bytes[offset])
    offset += 1
    return Int64(bitPattern: number)
  }
}
