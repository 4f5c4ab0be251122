import Foundation

/// The write lock of a catalog, held by a process of its own.
final class CatalogLock: Sendable {
  private let process: Process
  private let input: Pipe
  private let ends: AsyncStream<Never>

  private init(_ process: Process, _ input: Pipe, _ ends: AsyncStream<Never>) {
    self.process = process
    self.input = input
    self.ends = ends
  }

  /// Returns when the lock is held.
  static func hold(_ catalog: String) async throws -> CatalogLock {
    let script = """
      import sqlite3, sys
      catalog = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=600)
      catalog.execute('BEGIN IMMEDIATE')
      print('held', flush=True)
      sys.stdin.read()
      catalog.execute('ROLLBACK')
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = ["-c", script, catalog]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    let (ends, end) = AsyncStream.makeStream(of: Never.self)
    process.terminationHandler = { _ in end.finish() }
    let (pieces, piece) = AsyncStream.makeStream(of: Data.self)
    output.fileHandleForReading.readabilityHandler = { handle in
      let data = handle.availableData
      if data.isEmpty { piece.finish() } else { piece.yield(data) }
    }
    try process.run()
    for await data in pieces where data.contains(UInt8(ascii: "\n")) { break }
    output.fileHandleForReading.readabilityHandler = nil
    return CatalogLock(process, input, ends)
  }

  /// Gives the lock up and returns when the process has ended.
  func release() async {
    try? input.fileHandleForWriting.close()
    for await _ in ends {}
  }
}
