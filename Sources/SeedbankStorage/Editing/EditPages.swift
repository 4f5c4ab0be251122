internal import GRDB

/// How the pages of an edit are read: one after the other, or ahead on a second connection.
struct EditPages {
  /// The maximum number of generations of a page.
  let size: Int
  /// The connection that reads the next page while one is written; nil if there is none.
  let other: Library?

  /// Calls `body` with one page after the other.
  ///
  /// - Parameters:
  ///   - ids: in ascending order without duplicates.
  ///   - database: in a transaction that holds the lock for writing. So another connection reads the state in which the
  ///     transaction began.
  ///   - body: changes only generations of its page.
  func forEach(
    of ids: [Int64], _ reader: EditPageReader, in database: Database,
    _ body: (EditPage) throws -> Void
  ) throws {
    guard let other else {
      return try read(ids, reader, in: database) { page in
        try body(page)
        return true
      }
    }
    let pages = ReadAhead<EditPage>(depth: 1) { give in
      try other.queue.read { try read(ids, reader, in: $0, give) }
    }
    defer {
      pages.abandon()
      pages.waitForEnd()
    }
    while let page = try pages.next() { try body(page) }
  }

  /// Reads pages until `give` returns false.
  private func read(
    _ ids: [Int64], _ reader: EditPageReader, in database: Database,
    _ give: (EditPage) throws -> Bool
  ) throws {
    var reader = reader
    for chunk in ids.chunks(of: size) {
      guard try give(reader.page(Array(chunk), in: database)) else { return }
    }
  }
}
