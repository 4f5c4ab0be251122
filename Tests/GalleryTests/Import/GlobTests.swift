import FilePaths
import Testing

@testable import SeedbankGallery

@Suite("Patterns of --exclude")
struct GlobTests {
  @Test(
    "a pattern matches by the documented rules",
    arguments: [
      ("*.png", "/in/a/b.png", true), ("*.png", "/in/b.jpg", false), ("b", "/in/a/b", true),
      ("a/*", "/in/a/b", true), ("a/*", "/in/a/b/c", false), ("a/**", "/in/a/b/c", true),
      ("**/c", "/in/c", true), ("**/c", "/in/a/b/c", true), ("a/**/c", "/in/a/c", true),
      ("a/**/c", "/in/a/b/c", true), ("b", "/in/ab", false), ("?.png", "/in/\u{E9}.png", true),
      ("[a-c].png", "/in/b.png", true), ("[!a-c].png", "/in/b.png", false),
      ("[]x].png", "/in/].png", true), ("\\*.png", "/in/*.png", true),
      ("\\*.png", "/in/a.png", false), ("/in/a", "/in/a", true), ("/other/a", "/in/a", false),
      ("*", "/in/anything", true), ("", "/in/a", false), ("[a", "/in/a", false),
      ("caf\u{E9}", "/in/cafe\u{301}", false), ("*\u{E9}*", "/in/caf\u{E9}s", true),
    ])
  func fits(pattern: String, path: String, expected: Bool) {
    let isMatch = Glob(FilePath(pattern))?.matches(FilePath(path), below: "/in", isFolder: false)
    #expect((isMatch ?? false) == expected)
  }

  @Test("a slash at the end matches folders only")
  func folders() throws {
    let glob = try #require(Glob("drafts/"))
    #expect(glob.matches("/in/drafts", below: "/in", isFolder: true))
    #expect(!glob.matches("/in/drafts", below: "/in", isFolder: false))
  }

  @Test("a name that is not UTF-8 is matched byte by byte")
  func bytes() throws {
    let name = FilePath(bytes: Array("/in/caf".utf8) + [0xE9])
    #expect(try #require(Glob("caf?")).matches(name, below: "/in", isFolder: false))
    let same = try #require(Glob(FilePath(bytes: Array("caf".utf8) + [0xE9])))
    #expect(same.matches(name, below: "/in", isFolder: false))
    #expect(try !#require(Glob("caf\u{E9}")).matches(name, below: "/in", isFolder: false))
  }

  @Test("the time for a pattern of many stars is limited by its length times that of the name")
  func stars() throws {
    let glob = try #require(Glob(FilePath(String(repeating: "*a", count: 60) + "b")))
    let name = FilePath("/in/" + String(repeating: "a", count: 250))
    #expect(!glob.matches(name, below: "/in", isFolder: false))
  }
}
