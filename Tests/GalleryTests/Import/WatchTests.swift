import FilePaths
import Foundation
import Platform
import SeedbankImaging
import SeedbankModel
import SeedbankStorage
import Synchronization
import Testing

@testable import SeedbankGallery

@Suite("Watching a folder", .timeLimit(.minutes(5)))
struct WatchTests {
  /// Runs a watch while `body` acts; `body` receives the events in order.
  func watching(
    _ home: ByteHome, edit: (inout ImportOptions) -> Void = { _ in },
    _ body: (inout AsyncStream<ImportWatchEvent>.Iterator) async throws -> Void
  ) async throws -> ImportWatchSummary {
    var options = ImportOptions(paths: [home.input])
    edit(&options)
    let watch = try ImportWatch(into: home.library, options: options)
    let (events, tell) = AsyncStream.makeStream(of: ImportWatchEvent.self)
    let task = Task {
      var random = SystemRandomNumberGenerator()
      return try await watch.run(
        now: { Timestamp(milliseconds: 1_760_000_000_000) }, using: &random,
        isStopped: { false }, onEvent: { tell.yield($0) })
    }
    var iterator = events.makeAsyncIterator()
    try await body(&iterator)
    watch.stop()
    return try await task.value
  }

  /// Runs a watch and stops it when it is ready.
  private func runUntilReady(_ watch: ImportWatch) async throws -> ImportWatchSummary {
    var random = SystemRandomNumberGenerator()
    return try await watch.run(
      now: { Timestamp(milliseconds: 1_760_000_000_000) }, using: &random, isStopped: { false },
      onEvent: { if case .watching = $0 { watch.stop() } })
  }

  /// Waits until the watch is ready; returns how many images it imported at the start.
  func start(_ events: inout AsyncStream<ImportWatchEvent>.Iterator) async -> Int {
    var new = 0
    while let event = await events.next() {
      if case .imported(let report) = event { new += report.new }
      if case .watching = event { return new }
    }
    return new
  }

  /// Waits until this number of new images has been imported.
  func expect(
    _ count: Int, _ events: inout AsyncStream<ImportWatchEvent>.Iterator
  ) async -> [ImportReport] {
    var reports: [ImportReport] = []
    while reports.reduce(0, { $0 + $1.new }) < count, let event = await events.next() {
      if case .imported(let report) = event { reports.append(report) }
    }
    return reports
  }

  @Test("more folders than the system has watches for end the watch, at the start and later")
  func watchLimit() async throws {
    let home = try ByteHome()
    try home.write(home.picture(0), "a/b/first.png")
    let options = ImportOptions(paths: [home.input])
    let late = home.input.appending("late")
    for limit in [2, 3] {
      let left = Atomic(limit)
      let watch = try ImportWatch(into: home.library, options: options) {
        descriptor, folder, mask in
        guard left.subtract(1, ordering: .relaxed).newValue >= 0 else {
          errno = ENOSPC
          return -1
        }
        return FolderEvents.addingWatch(descriptor, folder, mask)
      }
      await #expect(throws: ImportWatchError.tooManyFolders(watched: limit)) {
        var random = SystemRandomNumberGenerator()
        _ = try await watch.run(
          now: { Timestamp(milliseconds: 1_760_000_000_000) }, using: &random,
          isStopped: { false },
          onEvent: { event in
            // All three folders are watched, and a fourth is above the limit.
            if case .watching = event { _ = mkdir(late, 0o755) }
          })
      }
    }
  }

  @Test(
    "files that are there at the start, written, moved in, linked or in new folders are imported")
  func appearing() async throws {
    let home = try ByteHome()
    try home.write(home.picture(0), "first.png")
    let outside = home.root.appending("outside")
    try #require(mkdir(outside, 0o755) == 0)
    let summary = try await watching(home) { events in
      #expect(await start(&events) == 1)
      try home.write(home.picture(1), FilePath(bytes: [0xE9] + Array(".png".utf8)))
      #expect(await expect(1, &events).count == 1)
      try home.write(home.picture(2), "new/folder/two.png")
      _ = await expect(1, &events)
      try home.write(home.picture(3), "new/folder/three.png")
      _ = await expect(1, &events)
      let four = try home.write(home.picture(4), ".hidden/four.png")
      try #require(rename(four, home.input.appending("four.png")) == 0)
      _ = await expect(1, &events)
      let five = try home.write(home.picture(5), ".hidden/five.png")
      try #require(link(five, home.input.appending("new/five.png")) == 0)
      _ = await expect(1, &events)
      let six = try home.write(home.picture(6), ".hidden/set/six.png")
      try #require(rename(six.folder, home.input.appending("set")) == 0)
      _ = await expect(1, &events)
    }
    #expect(summary.new == 7 && summary.failed == 0)
  }

  @Test("a file is not imported until its writer closes it")
  func halfWritten() async throws {
    let home = try ByteHome()
    let bytes = try home.picture(1)
    let path = home.input.appending("slow.png")
    let summary = try await watching(home) { events in
      _ = await start(&events)
      let descriptor = open(path, O_WRONLY | O_CREAT, 0o644)
      try #require(descriptor >= 0)
      let half = bytes.count / 2
      _ = bytes[..<half].withUnsafeBytes { Platform.write(descriptor, $0.baseAddress, half) }
      // The change in the same folder has been imported, so a batch has ended.
      try home.write(home.picture(2), "other.png")
      _ = await expect(1, &events)
      _ = bytes[half...].withUnsafeBytes { Platform.write(descriptor, $0.baseAddress, $0.count) }
      close(descriptor)
      _ = await expect(1, &events)
    }
    #expect(summary.new == 2 && summary.failed == 0)
  }

  @Test("a file that fails is named once, and tried again when it changes")
  func failing() async throws {
    let home = try ByteHome()
    let bytes = try home.picture(1)
    let summary = try await watching(home) { events in
      _ = await start(&events)
      try home.write(Array(bytes.dropLast(20)), "cut.png")
      var problems = 0
      while problems == 0, let event = await events.next() {
        if case .imported(let report) = event { problems += report.problems.count }
      }
      try home.write(bytes, "cut.png")
      _ = await expect(1, &events)
    }
    #expect(summary.new == 1 && summary.failed == 1)
  }

  /// A number of events that overflows the queue of the kernel.
  ///
  /// A program that another test starts at that moment holds a file open, so that its event comes later. The system joins
  /// equal events that follow each other, so a few more events than the limit would not be certain to overflow.
  private static func tooManyEvents() throws -> Int {
    let limit = try #require(
      Int(
        String(contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8)
          .trimmingCharacters(in: .whitespacesAndNewlines)))
    return limit * 5 / 4
  }

  @Test("after events were lost, the folder is scanned and nothing is missed")
  func overflow() async throws {
    let home = try ByteHome()
    let count = try Self.tooManyEvents()
    let bytes = try home.picture(0)
    let events = try FolderEvents()
    try events.watch(home.input)
    for index in 0..<count {
      let path = home.input.appending("\(index % 2).png")
      try home.write(index == 0 ? bytes : [], path.name)
    }
    let batch = try #require(
      await BlockingWork.run { events.wait(quiet: 10, longest: 60_000, most: 1_000_000) })
    #expect(batch.needsScan)
  }

  /// Runs a watch until it is ready; returns the number of files that it read.
  private func readAtStart(_ home: ByteHome) async throws -> Int {
    try await watching(home) { events in _ = await start(&events) }.files
  }

  @Test("after a restart, only new and changed files are read")
  func restart() async throws {
    let home = try ByteHome()
    for number in 0..<6 {
      try home.write(home.picture(number), FilePath("\(number % 2)/\(number).png"))
    }
    try home.write(Array("words".utf8), "readme.md")
    try home.write(Array(home.picture(9).dropLast(20)), "cut.png")
    #expect(try await readAtStart(home) == 8)
    #expect(try await readAtStart(home) == 1, "the damaged file is tried again")
    try home.write(home.picture(7), "new.png")
    try home.write(home.picture(8), "0/0.png")
    try #require(rename(home.input.appending("1/1.png"), home.input.appending("moved.png")) == 0)
    #expect(try await readAtStart(home) == 4, "new, changed, moved and damaged")
    #expect(try await readAtStart(home) == 1)
    #expect(try home.library.statistics().generations == 8)
  }

  @Test("after a restart, a file is read if the library does not have its image")
  func restartWithOlderLibrary() async throws {
    let home = try ByteHome()
    for number in 0..<3 { try home.write(home.picture(number), FilePath("\(number).png")) }
    #expect(try await readAtStart(home) == 3)
    let lists = home.library.folder.path.appending("watched")
    let other = try ByteHome()
    try #require(rename(lists, other.library.folder.path.appending("watched")) == 0)
    var options = ImportOptions(paths: [home.input])
    options.actor = "test"
    let watch = try ImportWatch(into: other.library, options: options)
    let summary = try await runUntilReady(watch)
    #expect(summary.new == 3, "the list of another catalog does not count")
    #expect(try await readAtStart(home) == 3, "without its list, a watch reads all files")
  }

  @Test("an image is read again when its sidecar is new or changed")
  func newSidecar() async throws {
    let home = try ByteHome()
    try home.write(home.picture(1), "a.png")
    try home.write(home.picture(2), "b.png")
    #expect(try await readAtStart(home) == 2)
    try home.write(Array("a lamp by a window".utf8), "a.txt")
    #expect(try await readAtStart(home) == 2, "the sidecar and its image")
    let generation = try #require(
      try home.library.generations([GenerationID(1), GenerationID(2)]).first {
        $0.note == "a lamp by a window"
      })
    #expect(generation.isImported)
    let summary = try await watching(home) { events in
      _ = await start(&events)
      try home.write(Array("a boat".utf8), "b.txt")
      while let event = await events.next() {
        if case .imported(let report) = event, report.completed == 1 { break }
      }
    }
    #expect(summary.files == 2)
  }

  @Test("a damaged list is the same as none")
  func damagedList() async throws {
    let home = try ByteHome()
    for number in 0..<3 { try home.write(home.picture(number), FilePath("\(number).png")) }
    #expect(try await readAtStart(home) == 3)
    let folder = home.library.folder.path.appending("watched")
    let name = try #require(
      FileManager.default.contentsOfDirectory(atPath: folder.text).first)
    let path = folder.appending(FilePath(name))
    for length in [0, 5, 40, 64, 66, 113] {
      try #require(truncate(path.text, off_t(length)) == 0)
      _ = try await readAtStart(home)
      #expect(try await readAtStart(home) == 0, "after a list of \(length) bytes")
    }
    #expect(try home.library.statistics().generations == 3)
  }

  @Test("changes of a library within the folder and of excluded files start no import")
  func quiet() async throws {
    let home = try ByteHome(libraryName: "in/library")
    let summary = try await watching(home) {
      $0.excluding = [Glob("*.tmp.png")].compactMap { $0 }
    } _: { events in
      _ = await start(&events)
      try home.write(home.picture(1), "x.tmp.png")
      try home.write(home.picture(2), "x.png")
      _ = await expect(1, &events)
    }
    #expect(summary.files == 1 && summary.new == 1)
  }

  @Test("a folder that is removed ends the watch, and one that does not exist is refused")
  func gone() async throws {
    let home = try ByteHome()
    let folder = home.input.appending("sub")
    #expect(throws: ImportWatchError.gone(path: folder)) {
      try ImportWatch(into: home.library, options: ImportOptions(paths: [folder]))
    }
    try #require(mkdir(folder, 0o755) == 0)
    let watch = try ImportWatch(into: home.library, options: ImportOptions(paths: [folder]))
    await #expect(throws: ImportWatchError.gone(path: folder)) {
      var random = SystemRandomNumberGenerator()
      _ = try await watch.run(
        now: { Timestamp(milliseconds: 0) }, using: &random, isStopped: { false },
        onEvent: { if case .watching = $0 { _ = rmdir(folder) } })
    }
  }

  @Test("a library that is replaced ends the watch")
  func replacedLibrary() async throws {
    let home = try ByteHome()
    try home.write(home.picture(0), "first.png")
    let (folder, input) = (home.library.folder, home.input)
    let watch = try ImportWatch(into: home.library, options: ImportOptions(paths: [home.input]))
    await #expect(throws: LibraryError.replaced(path: folder.path)) {
      var random = SystemRandomNumberGenerator()
      _ = try await watch.run(
        now: { Timestamp(milliseconds: 0) }, using: &random, isStopped: { false },
        onEvent: { event in
          guard case .watching = event else { return }
          // The change of the folder is an event, which would start the next import.
          _ = rename(folder.catalog, folder.catalog + ".old")
          _ = rename(input.appending("first.png"), input.appending("second.png"))
        })
    }
  }

  @Test("a folder that is removed before it is watched ends the watch")
  func goneAtStart() async throws {
    let home = try ByteHome()
    let folder = home.input
    let watch = try ImportWatch(into: home.library, options: ImportOptions(paths: [folder]))
    try #require(rmdir(folder) == 0)
    await #expect(throws: ImportWatchError.gone(path: folder)) {
      try await runUntilReady(watch)
    }
  }

  /// Fills the queue of the kernel, and then removes the folder, whose event is lost.
  private static func remove(_ folder: FilePath, afterEvents count: Int) {
    let files = [folder.appending("0.png"), folder.appending("1.png")]
    for number in 0..<count {
      // Equal events that follow each other are one event.
      let descriptor = open(files[number % 2], O_WRONLY | O_CREAT, 0o644)
      close(descriptor)
    }
    for file in files { unlink(file) }
    #expect(rmdir(folder) == 0)
  }

  @Test("a folder that is removed while events are lost ends the watch")
  func goneAfterOverflow() async throws {
    let home = try ByteHome()
    let folder = home.input
    let count = try Self.tooManyEvents()
    let watch = try ImportWatch(into: home.library, options: ImportOptions(paths: [folder]))
    await #expect(throws: ImportWatchError.gone(path: folder)) {
      var random = SystemRandomNumberGenerator()
      _ = try await watch.run(
        now: { Timestamp(milliseconds: 0) }, using: &random, isStopped: { false },
        onEvent: { event in
          switch event {
          case .watching: Self.remove(folder, afterEvents: count)
          case .scanning: break
          // The report says that the folder cannot be read. The watch must have ended before.
          case .imported: watch.stop()
          }
        })
    }
  }

  @Test("a folder that cannot be watched ends the watch, and a subfolder is skipped")
  func unwatchable() async throws {
    let home = try ByteHome()
    try home.write(home.picture(0), "sub/one.png")
    for closed in [home.input, home.input.appending("sub")] {
      let watch = try ImportWatch(
        into: home.library, options: ImportOptions(paths: [home.input])
      ) { descriptor, folder, mask in
        guard folder == closed else { return FolderEvents.addingWatch(descriptor, folder, mask) }
        errno = EACCES
        return -1
      }
      if closed == home.input {
        await #expect(throws: ImportWatchError.system(errno: EACCES)) {
          try await runUntilReady(watch)
        }
      } else {
        #expect(try await runUntilReady(watch).new == 1)
      }
    }
  }

  @Test("the folder of the library itself cannot be watched")
  func libraryFolder() async throws {
    let home = try ByteHome()
    let folder = home.library.folder.path
    let watch = try ImportWatch(into: home.library, options: ImportOptions(paths: [folder]))
    await #expect(throws: ImportWatchError.system(errno: EOPNOTSUPP)) {
      try await runUntilReady(watch)
    }
  }
}
