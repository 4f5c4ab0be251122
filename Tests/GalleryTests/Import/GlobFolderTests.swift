import FilePaths
import TestRandomness
import Testing

@testable import SeedbankGallery

@Suite("Patterns of --exclude for whole folders")
struct GlobFolderTests {
  private func matches(_ pattern: String, _ path: String) throws -> Bool {
    let glob = try #require(Glob(FilePath(pattern)))
    return glob.matches(FilePath("/in/" + path), below: "/in", isFolder: false)
  }

  @Test(
    "two stars and a slash match whole folders",
    arguments: [
      ("**/out", "out", true), ("**/out", "a/out", true), ("**/out", "a/b/out", true),
      ("**/out", "layout", false), ("**/out", "a/layout", false), ("**/out", "out/a", false),
      ("a/**/b", "a/b", true), ("a/**/b", "a/x/b", true), ("a/**/b", "a/x/y/b", true),
      ("a/**/b", "a/xb", false), ("a/**/b", "a/x/yb", false), ("a/**/b", "ab", false),
      ("a/**", "a/b", true), ("a/**", "a/b/c", true), ("a/**", "a", false), ("a/**", "ab/c", false),
      ("**", "a", true), ("**", "a/b", true), ("**/**", "a", true), ("**/**", "a/b/c", true),
      ("**/a/**", "a", false), ("**/a/**", "x/a/b", true), ("**/a/**", "xa/b", false),
      ("**/**/b", "b", true), ("**/*.png", "a/b.png", true), ("***/out", "layout", false),
      ("a**/b", "ax/b", true), ("a**/b", "a/x/b", true), ("**b/c", "ab/c", true),
    ])
  func folders(pattern: String, path: String, expected: Bool) throws {
    #expect(try matches(pattern, path) == expected)
  }

  @Test("an absolute pattern matches whole folders")
  func absolute() throws {
    for (path, expected) in [("/b", true), ("/x/b", true), ("/x/y/b", true), ("/xb", false)] {
      let glob = try #require(Glob("/**/b"))
      #expect(glob.matches(FilePath(path), below: "/in", isFolder: false) == expected, "\(path)")
    }
  }

  @Test("a pattern matches the same paths as a simple matcher of folders")
  func property() throws {
    var random = SeededGenerator(seed: 72)
    let parts = ["**", "a", "b", "*", "?", "a*", "*b", "a?", "ab"]
    let names = ["a", "b", "ab", "ba", "aab"]
    var count = 0
    for _ in 0..<4_000 {
      let pattern = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        parts.randomElement(using: &random) ?? ""
      }
      let path = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        names.randomElement(using: &random) ?? ""
      }
      // A pattern without a slash matches the name.
      let expected =
        pattern.count == 1
        ? Self.matches(pattern[...], path.suffix(1)) : Self.matches(pattern[...], path[...])
      if expected { count += 1 }
      let text = (pattern.joined(separator: "/"), path.joined(separator: "/"))
      #expect(try matches(text.0, text.1) == expected, "\(text)")
    }
    #expect(count > 400)
  }

  /// Matches folder by folder: two stars are any number of folders, or at the end one or more.
  private static func matches(
    _ pattern: ArraySlice<String>, _ path: ArraySlice<String>
  ) -> Bool {
    guard let first = pattern.first else { return path.isEmpty }
    let rest = pattern.dropFirst()
    if first == "**" {
      if rest.isEmpty { return !path.isEmpty }
      return (0...path.count).contains { matches(rest, path.dropFirst($0)) }
    }
    guard let name = path.first else { return false }
    return matches(Array(first)[...], Array(name)[...]) && matches(rest, path.dropFirst())
  }

  private static func matches(
    _ pattern: ArraySlice<Character>, _ name: ArraySlice<Character>
  ) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    let rest = pattern.dropFirst()
    if first == "*" { return (0...name.count).contains { matches(rest, name.dropFirst($0)) } }
    guard let character = name.first else { return false }
    return (first == "?" || first == character) && matches(rest, name.dropFirst())
  }
}
