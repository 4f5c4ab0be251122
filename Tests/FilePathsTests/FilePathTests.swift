import FilePaths
import Testing

@Suite("Paths as bytes")
struct FilePathTests {
  @Test("a path keeps bytes that are not UTF-8")
  func bytes() {
    let latin = FilePath(bytes: Array("/caf".utf8) + [0xE9])
    #expect(latin.utf8 == nil)
    #expect(latin.withCString { FilePath(cString: $0) } == latin)
    #expect(latin.bytesUnlessText == latin.bytes)
  }

  @Test("names that differ only in normalization are different paths that are shown differently")
  func normalization() {
    let (one, two) = (FilePath("caf\u{E9}"), FilePath("cafe\u{301}"))
    #expect(Set([one, two]).count == 2)
    #expect(one.description == "caf\u{E9}")
    #expect(two.description == "$'cafe\\u0301'")
  }

  @Test(
    "a path is shown on one line without control characters",
    arguments: [
      ("plain name.png", "plain name.png"), ("two\nlines", "$'two\\nlines'"),
      ("\u{1B}[31mred", "$'\\u001B[31mred'"), ("back\\slash", "$'back\\\\slash'"),
      ("quote'", "quote'"), ("quote'\n", "$'quote\\'\\n'"), ("$'x'", "$'$\\'x\\''"),
      ("\u{202E}gnp", "$'\\u202Egnp'"), ("\n'\u{1F3FB}", "$'\\n\\'\u{1F3FB}'"),
    ])
  func shown(name: String, expected: String) {
    #expect(FilePath(name).description == expected)
  }

  @Test("different paths are shown differently, and without control characters")
  func injective() {
    var random = SystemRandomNumberGenerator()
    let alphabet: [[UInt8]] = [
      Array("e".utf8), Array("\u{E9}".utf8), Array("\u{301}".utf8), [0xE9], [0xC3], [0x80], [0x5C],
      [0x0A], [0x1B], Array("x".utf8), Array("'".utf8), Array("\u{1F3FB}".utf8), Array("$".utf8),
      Array("0".utf8), [0xFF],
      [0xED, 0xA0, 0x80], [0xC0, 0xAF], Array("\u{FFFD}".utf8),
    ]
    var seen: [String: FilePath] = [:]
    for _ in 0..<20_000 {
      let count = Int.random(in: 0...5, using: &random)
      let path = FilePath(
        bytes: (0..<count).flatMap { _ in alphabet.randomElement(using: &random) ?? [] })
      let shown = path.description
      #expect(seen[shown, default: path] == path)
      #expect(shown.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
      seen[shown] = path
    }
  }

  @Test(
    "the parts of a path",
    arguments: [
      ("/a/b", "/a", "b"), ("/a", "/", "a"), ("a", ".", "a"), ("/", "/", ""), ("a/b/", "a/b", ""),
    ])
  func parts(path: String, folder: String, name: String) {
    #expect(FilePath(path).folder == FilePath(folder))
    #expect(FilePath(path).name == FilePath(name))
  }

  @Test(
    "trailing slashes are removed, and the root is kept",
    arguments: [("/a//", "/a"), ("/", "/"), ("//", "/"), ("", ""), ("a", "a")])
  func trailing(path: String, expected: String) {
    #expect(FilePath(path).withoutTrailingSlashes == FilePath(expected))
  }

  @Test("a folder contains the paths below it, but not paths with the same prefix")
  func inside() {
    #expect(FilePath("/a/b").isInside(FilePath("/a")))
    #expect(FilePath("/a").isInside(FilePath("/a")))
    #expect(FilePath("/b").isInside(FilePath("/")))
    #expect(!FilePath("/ab").isInside(FilePath("/a")))
  }
}
