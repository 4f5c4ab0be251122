import FilePaths
import Platform
import SeedbankModel
import Testing

@testable import SeedbankGallery

extension WatchTests {
  @Test("a link that is moved to another folder does not stop the watch of the first")
  func movedLink() async throws {
    let home = try ByteHome()
    let first = home.input.appending("today")
    for folder in [first, home.input.appending("tomorrow")] {
      try #require(mkdir(folder, 0o755) == 0)
    }
    // The name of the link is sorted before that of the folder.
    let latest = home.input.appending("latest")
    try #require(symlink("today", latest) == 0)
    let summary = try await watching(home) { events in
      _ = await start(&events)
      let draft = home.input.appending(".latest")
      try #require(symlink("tomorrow", draft) == 0)
      try #require(rename(draft, latest) == 0)
      try home.write(home.picture(1), "today/one.png")
      _ = await expect(1, &events)
      try home.write(home.picture(2), "tomorrow/two.png")
      _ = await expect(1, &events)
    }
    #expect(summary.new == 2 && summary.files == 2)
  }

  @Test("a watch continues after a link to the watched folder is added and removed")
  func removedLink() async throws {
    let home = try ByteHome()
    try home.write(Array(home.picture(0).dropLast(20)), "bad.png")
    try home.write(home.picture(1), "sub/one.png")
    let loop = home.input.appending("loop")
    let summary = try await watching(home) { events in
      #expect(await start(&events) == 1)
      try #require(symlink(home.input, loop) == 0)
      try home.write(home.picture(2), "two.png")
      _ = await expect(1, &events)
      try #require(unlink(loop) == 0)
      try home.write(home.picture(3), "three.png")
      try home.write(home.picture(4), "sub/four.png")
      _ = await expect(2, &events)
    }
    #expect(summary.new == 4 && summary.duplicates == 0)
    #expect(summary.failed == 1, "a file that fails is named once")
  }

  @Test("a folder that only a link leads to is watched by the present name of the link")
  func renamedLink() async throws {
    let home = try ByteHome()
    let outside = home.root.appending("outside")
    try #require(mkdir(outside, 0o755) == 0)
    let link = home.input.appending("link")
    try #require(symlink(outside, link) == 0)
    let summary = try await watching(home) { events in
      _ = await start(&events)
      try #require(rename(link, home.input.appending("renamed")) == 0)
      try home.write(home.picture(1), "renamed/one.png")
      _ = await expect(1, &events)
      try home.write(home.picture(2), "renamed/two.png")
      _ = await expect(1, &events)
    }
    #expect(summary.new == 2 && summary.failed == 0)
  }

  @Test("the watch ends when its folder is removed although a link to it existed")
  func removedFolderWithLink() async throws {
    let home = try ByteHome()
    let staged = try home.write(home.picture(1), "../staged.png")
    let folder = home.input.appending("sub")
    try #require(mkdir(folder, 0o755) == 0)
    let loop = folder.appending("loop")
    let image = folder.appending("one.png")
    let watch = try ImportWatch(into: home.library, options: ImportOptions(paths: [folder]))
    await #expect(throws: ImportWatchError.gone(path: folder)) {
      var random = SystemRandomNumberGenerator()
      _ = try await watch.run(
        now: { Timestamp(milliseconds: 0) }, using: &random, isStopped: { false },
        onEvent: { event in
          switch event {
          case .watching:
            _ = symlink(folder, loop)
            _ = rename(staged, image)
          case .imported:
            // The link was found together with the image or before it.
            unlink(loop)
            unlink(image)
            _ = rmdir(folder)
          case .scanning: break
          }
        })
    }
  }
}
