import Foundation
import TestProcesses
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

@Suite("A folder that was made equal to a copy of it") struct MirroredFolderTests {
  private static let now = Timestamp(milliseconds: 1_700_000_100_000)

  /// How a program writes a file that differs.
  enum Writing: String, CaseIterable {
    /// A new file takes the place of the old one, as with `rsync -a --delete`.
    case replacing = #"cp -p "$B/$f" "$A/$f.new" && mv "$A/$f.new" "$A/$f""#
    /// The bytes of the old file are replaced, as with `rsync -a --delete --inplace`.
    case inPlace = #"cp -p "$B/$f" "$A/$f""#
  }

  private static func temporary(
    _ body: (_ folder: LibraryFolder, _ copy: LibraryFolder) async throws -> Void
  ) async throws {
    let (folder, copy) = (TemporaryFolder.new(), TemporaryFolder.new())
    defer {
      for each in [folder, copy] { try? FileManager.default.removeItem(atPath: each.path.text) }
    }
    try await body(folder, copy)
  }

  private static func shell(
    _ line: String, _ folder: LibraryFolder, _ copy: LibraryFolder
  ) async throws {
    let script = "A=\(folder.path) B=\(copy.path); \(line)"
    try #require(try await ChildProcess.run("/bin/sh", ["-c", script]).status == 0)
  }

  /// Removes the files that the copy does not have, and writes those that differ.
  private static func mirror(
    _ copy: LibraryFolder, over folder: LibraryFolder, _ writing: Writing
  ) async throws {
    try await shell(
      """
      (cd "$A" && find . -type f) | while read -r f; do [ -e "$B/$f" ] || rm "$A/$f" || exit 1; done
      (cd "$B" && find . -type f) | while read -r f; do
        cmp -s "$B/$f" "$A/$f" || { \(writing.rawValue); } || exit 1
      done
      """, folder, copy)
  }

  private static func send(_ ids: ClosedRange<Int64>, in folder: LibraryFolder) throws {
    let library = try Library.open(folder, for: .writing)
    for id in ids { try library.advance(GenerationID(id), .submit(to: "x"), at: now) }
  }

  @Test(
    "holds the requests that were sent after the copy was made", arguments: Writing.allCases,
    [0, 2] as [Int64])
  func sentSince(_ writing: Writing, _ before: Int64) async throws {
    try await Self.temporary { folder, copy in
      do { try Library.open(folder, for: .creating).queue(4, seed: 1) }
      if before > 0 { try Self.send(1...before, in: folder) }
      try await Self.shell("cp -a $A $B", folder, copy)
      try Self.send(before + 1...before + 1, in: folder)
      try await Self.mirror(copy, over: folder, writing)
      let library = try Library.open(folder, for: .writing)
      #expect(try library.generation(GenerationID(before + 1))?.status == .held)
      #expect(try library.unfinished(in: .queued, limit: 9).isEmpty)
      #expect(throws: LibraryError.held(GenerationID(before + 1))) {
        try library.advance(GenerationID(before + 1), .submit(to: "x"), at: Self.now)
      }
      // A person can decide to send them.
      _ = try library.adopt(at: Self.now)
      try library.advance(GenerationID(before + 1), .submit(to: "x"), at: Self.now)
    }
  }

  @Test(
    "still owns its work if nothing was sent after the copy was made", arguments: Writing.allCases)
  func nothingSince(_ writing: Writing) async throws {
    try await Self.temporary { folder, copy in
      do { try Library.open(folder, for: .creating).queue(2, seed: 1) }
      try Self.send(1...1, in: folder)
      try await Self.shell("cp -a $A $B", folder, copy)
      do { try Library.open(folder, for: .writing).queue(1, seed: 2) }
      try await Self.mirror(copy, over: folder, writing)
      let library = try Library.open(folder, for: .writing)
      #expect(try library.generation(GenerationID(2))?.status == .queued)
    }
  }
}
