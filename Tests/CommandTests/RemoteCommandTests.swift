import Foundation
import Testing

@Suite("remote, push, pull, clone, fetch and drop") struct RemoteCommandTests {
  @Test(
    "two people exchange records and images through a folder, and images are downloaded on request")
  func exchange() async throws {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    try sample.add("a cat", tags: ["draft"], shade: 1)
    try sample.add("a dog", seed: 43, shade: 2)
    let url = "file://\(harness.folder.path)/nas"
    try FileManager.default.createDirectory(
      atPath: harness.folder.path + "/nas", withIntermediateDirectories: true)
    let none = try await harness.run("push")
    #expect(none.status == 78 && none.talk.contains("remote add"))
    try await harness.succeed("remote", "add", "nas", url)
    #expect(try await harness.succeed("remote", "list").output.contains(url))
    let planned = try await harness.succeed("push", "--dry-run")
    #expect(planned.output == "2 generations would be pushed\n")
    let pushed = try await harness.succeed("push")
    #expect(pushed.output.hasPrefix("2 generations and 2 images pushed"), "\(pushed)")
    let snapshot = try await harness.succeed("remote", "snapshot", "--dry-run")
    #expect(snapshot.output.hasPrefix("2 generations would be written ("), "\(snapshot)")
    let objects = try FileManager.default.subpathsOfDirectory(atPath: harness.folder.path + "/nas")
    #expect(!objects.contains { $0.hasPrefix("snapshots/") })
    let cloned = try await harness.succeed("clone", url, "other", "--images", "none")
    #expect(cloned.output.contains("2 images are on the remote only"), "\(cloned)")
    let other = harness.folder.path + "/other/thumbnails"
    func thumbnails() throws -> Int {
      try FileManager.default.subpathsOfDirectory(atPath: other).count { $0.hasSuffix(".jpg") }
    }
    #expect(try thumbnails() == 2)
    let fetched = try await harness.succeed("fetch", "cat", "--library", "other")
    #expect(fetched.output.hasPrefix("1 image downloaded"), "\(fetched)")
    #expect(try thumbnails() == 1)
    try await harness.succeed("rate", "cat", "--stars", "5", "--library", "other")
    try await harness.succeed("push", "--library", "other")
    let pulled = try await harness.succeed("pull")
    #expect(pulled.output.hasPrefix("0 added, 1 merged"), "\(pulled)")
    #expect(try await harness.succeed("search", "rating:5", "--count").output == "1\n")
    let dropped = try await harness.succeed("drop", "cat", "--yes")
    #expect(dropped.output.hasPrefix("1 image file removed"), "\(dropped)")
    #expect(try await harness.succeed("pull", "--images", "cat").output.contains("1 image downl"))
    let checked = try await harness.succeed("remote", "check", "--deep")
    #expect(checked.output.contains("2 writing libraries") && checked.output.contains("0 faults"))
    try await harness.succeed("rate", "cat", "--stars", "3")
    try await harness.succeed("rate", "cat", "--stars", "4", "--library", "other")
    try await harness.succeed("push", "--library", "other")
    let merged = try await harness.succeed("pull")
    #expect(merged.output.contains("a later edit: rating of generation 1\n"), "\(merged)")
    try await harness.succeed("check")
    try await harness.succeed("check", "--library", "other")
    try await harness.succeed("remote", "remove", "nas")
  }

  @Test(
    "an image on a remote only is remote, not missing, in every command, and an export downloads it"
  )
  func remoteOnly() async throws {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    try sample.add("a cat", shade: 1)
    try sample.add("a dog", seed: 43, shade: 2)
    try FileManager.default.createDirectory(
      atPath: harness.folder.path + "/nas", withIntermediateDirectories: true)
    try await harness.succeed("remote", "add", "nas", "file://\(harness.folder.path)/nas")
    try await harness.succeed("push")
    try await harness.succeed("drop", "#1", "--yes")
    let again = try await harness.succeed("drop", "#1")
    #expect(again.output == "0 image files removed (0 B)\n", "\(again)")
    // The remote also has a file that somebody else removed from the library.
    try FileManager.default.removeItem(at: harness.library.appendingPathComponent("images"))
    let checked = try await harness.succeed("check")
    #expect(checked.output.contains("2 files on a remote only: no errors"), "\(checked)")
    #expect(try await harness.succeed("search", "is:remote", "--count").output == "2\n")
    #expect(try await harness.succeed("search", "is:missing", "--count").output == "0\n")
    let shown = try await harness.succeed("show", "1")
    #expect(shown.output.contains("on a remote only") && !shown.output.contains("missing"))
    let json = try await harness.succeed("show", "1", "--format", "json")
    #expect(json.output.contains(#""missing":false,"remote":true"#), "\(json)")
    let statistics = try await harness.succeed("stats", "--format", "json")
    #expect(statistics.output.contains(#""missing_files":0,"remote_files":2"#), "\(statistics)")
    let opened = try await harness.run("open", "1")
    #expect(opened.status == 66 && opened.talk.contains("seedbank fetch 1"), "\(opened)")
    let compared = try await harness.run("compare", "1", "1")
    #expect(compared.status == 66 && compared.talk.contains("seedbank fetch 1"), "\(compared)")
    let without = try await harness.run("export", "cat OR dog", "--to", "none", "--no-fetch")
    #expect(
      without.status == 66 && without.talk.contains("2 images are on a remote only"), "\(without)")
    let planned = try await harness.succeed("export", "#1", "--to", "gallery", "--dry-run")
    #expect(planned.talk.contains("1 image (") && planned.talk.contains("would be downloaded"))
    #expect(planned.talk.contains("would export: 1 new"), "\(planned)")
    let exported = try await harness.succeed("export", "#1", "--to", "gallery")
    #expect(exported.talk.contains("exported: 1 new"), "\(exported)")
    #expect(try await harness.succeed("search", "is:remote", "--format", "ids").output == "2\n")
    // Without the remote, the other file is missing.
    let removed = try await harness.succeed("remote", "remove", "nas")
    #expect(
      removed.talk.contains("1 image is only on the remote nas and is now missing"), "\(removed)")
    #expect(try await harness.succeed("search", "is:missing", "--count").output == "1\n")
    #expect(try await harness.run("check").status == 65)
  }

  @Test("a clone of an address without a remote creates nothing, and the corrected command works")
  func wrongAddress() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a cat", shade: 1)
    let nas = harness.folder.path + "/nas"
    try FileManager.default.createDirectory(atPath: nas, withIntermediateDirectories: true)
    let url = "file://\(nas)"
    try await harness.succeed("remote", "add", "nas", url)
    try await harness.succeed("push")
    for options in [[], ["--dry-run"]] {
      let wrong = try await harness.run(["clone", url + "x", "other"] + options)
      #expect(wrong.status == 66, "\(wrong)")
      #expect(wrong.talk.contains("\(url)x is not a Seedbank remote"), "\(wrong)")
      #expect(!FileManager.default.fileExists(atPath: harness.folder.path + "/other"))
    }
    try await harness.succeed("clone", url, "other")
    let again = try await harness.succeed("clone", url, "other")
    #expect(again.output.hasPrefix("0 added"), "\(again)")
    let present = try await harness.run("clone", url)
    #expect(present.status == 73, "\(present)")
  }

  @Test("the message about a remote that is empty again says how an address has a % sign")
  func emptiedRemote() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a cat", shade: 1)
    let nas = harness.folder.path + "/nas"
    try FileManager.default.createDirectory(atPath: nas, withIntermediateDirectories: true)
    try await harness.succeed("remote", "add", "nas", "file://\(nas)")
    try await harness.succeed("push")
    try FileManager.default.removeItem(atPath: nas)
    try FileManager.default.createDirectory(atPath: nas, withIntermediateDirectories: true)
    let outcome = try await harness.run("push")
    #expect(outcome.status == 66 && outcome.talk.contains("write such a % as %25"), "\(outcome)")
  }

  @Test("Ctrl-C ends a push after the current image, and the next push continues")
  func stop() async throws {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    for shade in UInt8(1)...6 { try sample.add("cat \(shade)", seed: Int64(shade), shade: shade) }
    let folder = harness.folder.appendingPathComponent("nas")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try await harness.succeed("remote", "add", "nas", "file://\(folder.path)")
    func files() -> [String] {
      FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    }
    func isDraft(_ path: String) -> Bool { path.split(separator: "/").last?.first == "." }
    func images() -> Int {
      files().count { $0.hasPrefix("images/") && $0.utf8.count > 64 && !isDraft($0) }
    }
    // The transfer is slow enough that the signal arrives before the end.
    let push = try await harness.start(["push", "--jobs", "1", "--bandwidth", "4K"])
    try await push.wait { images() > 0 }
    push.signal(SIGINT)
    let stopped = try await push.end()
    #expect(stopped.status == 75, "\(stopped)")
    #expect(stopped.talk.contains("push stopped after "), "\(stopped)")
    #expect(stopped.talk.contains("run the same command again to continue"), "\(stopped)")
    #expect((1..<6).contains(images()) && !files().contains(where: isDraft), "\(files())")
    let pushed = try await harness.succeed("push")
    #expect(pushed.output.hasPrefix("6 generations"), "\(pushed)")
    let checked = try await harness.succeed("remote", "check", "--deep")
    #expect(
      checked.output.contains("6 images") && checked.output.contains("0 faults"), "\(checked)")
  }

  @Test("a dry run of a pull from a disk that is not mounted says so, as the pull does")
  func vanished() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a cat", shade: 1)
    let nas = harness.folder.path + "/nas"
    try FileManager.default.createDirectory(atPath: nas, withIntermediateDirectories: true)
    try await harness.succeed("remote", "add", "nas", "file://\(nas)")
    try await harness.succeed("push")
    try FileManager.default.removeItem(atPath: nas)
    for extra in [[], ["--dry-run"]] {
      let pulled = try await harness.run(["pull"] + extra)
      #expect(pulled.status == 66 && pulled.talk.contains("not mounted"), "\(pulled)")
    }
  }

  @Test("push and pull take a query, and the name of the only remote can be left out")
  func queries() async throws {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    try sample.add("a cat", tags: ["client/acme"], shade: 1)
    try sample.add("a dog", seed: 43, shade: 2)
    try sample.add("an owl", seed: 44, shade: 3)
    try FileManager.default.createDirectory(
      atPath: harness.folder.path + "/nas", withIntermediateDirectories: true)
    let url = "file://\(harness.folder.path)/nas"
    try await harness.succeed("remote", "add", "nas", url)
    let tagged = try await harness.succeed("push", "tag:client/acme")
    #expect(tagged.output.hasPrefix("1 generation and 1 image pushed"), "\(tagged)")
    let word = try await harness.succeed("push", "dog")
    #expect(word.output.hasPrefix("1 generation and 1 image pushed"), "\(word)")
    #expect(word.talk.contains("'dog' is not the name of a remote"), "\(word)")
    let named = try await harness.succeed("push", "nas", "owl")
    #expect(named.output.hasPrefix("1 generation and 1 image pushed"), "\(named)")
    try await harness.succeed("push")
    try await harness.succeed("clone", url, "other", "--images", "none")
    for words in ["tag:client/acme", "origin dog", ""] {
      let query = words.split(separator: " ").map(String.init)
      let pulled = try await harness.succeed(["pull"] + query + ["--library", "other"])
      #expect(pulled.output.contains(" 1 image downloaded"), "\(pulled)")
    }
    let both = try await harness.run("pull", "cat", "--images", "none", "--library", "other")
    #expect(both.status == 64 && both.talk.contains("cannot be combined"), "\(both)")
    // With several remotes, a name is needed.
    try await harness.succeed("remote", "add", "usb", "file://\(harness.folder.path)/usb")
    #expect(try await harness.run("push", "tag:client/acme").status == 64)
    #expect(try await harness.run("push", "cat").status == 66)
  }

  @Test("a remote in the folder of a library is refused")
  func insideLibrary() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a cat", shade: 1)
    let (own, other) = (harness.library.path, harness.folder.path + "/other")
    try await harness.succeed("init", "--library", other)
    for folder in [own, own + "/images/x", other, other + "/new"] {
      let added = try await harness.run("remote", "add", "self", "file://\(folder)")
      #expect(added.status == 64 && added.talk.contains("is inside the library"), "\(added)")
    }
    #expect(try await harness.run("push").status == 78)
  }

  @Test("a push says that permanent deletions were sent")
  func deletion() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a cat", shade: 1)
    let folder = harness.folder.appendingPathComponent("nas")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try await harness.succeed("remote", "add", "nas", "file://\(folder.path)")
    #expect(try await !harness.succeed("push").output.contains("deletion"))
    try await harness.succeed("delete", "1", "--yes")
    try await harness.succeed("trash", "empty", "--yes")
    let pushed = try await harness.succeed("push")
    #expect(pushed.output.contains("1 permanent deletion pushed\n"), "\(pushed)")
  }

  @Test("a bad address, a missing key and an unknown remote are reported before anything is sent")
  func refusals() async throws {
    let harness = try Harness()
    try await harness.succeed("init")
    let expected: [([String], Int32)] = [
      (["remote", "add", "x", "ftp://host/x"], 64), (["remote", "add", "-x", "file:///x"], 64),
      (["remote", "remove", "x"], 66), (["push", "x"], 66), (["pull"], 78),
      (["clone", "file:///nonexistent/remote", "clone"], 66),
    ]
    for (arguments, status) in expected {
      let outcome = try await harness.run(arguments)
      #expect(outcome.status == status, "\(outcome)")
    }
    try await harness.succeed("remote", "add", "s3", "s3://bucket?endpoint=http://127.0.0.1:9")
    let outcome = try await harness.run("push")
    #expect(outcome.status == 78 && outcome.talk.contains("AWS_ACCESS_KEY_ID"), "\(outcome)")
    harness.environment = ["AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "very-secret"]
    let refused = try await harness.run("push")
    #expect(refused.status == 69 && !refused.description.contains("very-secret"), "\(refused)")
  }
}
