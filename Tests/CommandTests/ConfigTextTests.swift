import FilePaths
import TestRandomness
import Testing

@testable import seedbank

@Suite("The text of a config file")
struct ConfigTextTests {
  private let sample = """
    # My settings
    gateway: https://gateway.example  # the office's

    generate:
      # what we print
      size: 1280x720   # wide
      watermark: false
    # the end
    """

  @Test("a value is replaced in its line, and comments stay")
  func replaced() {
    var text = ConfigText(sample)
    text.set(["generate", "size"], to: "1024x1024")
    text.set(["gateway"], to: "https://other.example")
    text.set(["generate", "model"], to: "ep-1")
    text.set(["limit"], to: "100")
    text.set(["aliases", "best"], to: "search 'rating:4..'")
    #expect(
      text.text == """
        # My settings
        gateway: https://other.example  # the office's

        generate:
          # what we print
          size: 1024x1024   # wide
          watermark: false
          model: ep-1
        # the end
        limit: 100
        aliases:
          best: search 'rating:4..'

        """)
  }

  @Test("a key of a nested block is set and removed at its place")
  func nested() {
    var text = ConfigText("providers:\n  ark:\n    kind: ark # mine\nlimit: 3\n")
    text.set(["providers", "ark", "url"], to: "https://ark.example/api/v3")
    text.set(["providers", "here", "kind"], to: "openai")
    text.set(["prices", "ark", "seedream-4.5"], to: "0.03")
    text.set(["prices", "ark", "a:b"], to: "0.04")
    text.set(["prices", "ark", "a:b"], to: "0.05")
    let whole = """
      providers:
        ark:
          kind: ark # mine
          url: https://ark.example/api/v3
        here:
          kind: openai
      limit: 3
      prices:
        ark:
          seedream-4.5: 0.03
          a:b: 0.05

      """
    #expect(text.text == whole)
    text.unset(["providers", "here", "kind"])
    text.unset(["prices", "ark", "seedream-4.5"])
    text.unset(["prices", "ark", "a:b"])
    #expect(
      text.text
        == "providers:\n  ark:\n    kind: ark # mine\n    url: https://ark.example/api/v3\nlimit: 3\n"
    )
  }

  @Test("removing a key also removes its empty parent, and nothing else")
  func removed() {
    var text = ConfigText(sample)
    text.unset(["generate", "size"])
    #expect(!text.text.contains("1280x720") && text.text.contains("watermark: false"))
    text.unset(["generate", "watermark"])
    #expect(!text.text.contains("generate:") && text.text.contains("# the end"))
    let before = text
    text.unset(["nothing"])
    #expect(text == before)
  }

  @Test("line ends of Windows and a byte order mark stay, and so do all other settings")
  func windows() {
    var text = ConfigText(
      "\u{FEFF}# mine\r\nconcurrency: 8 # slow\r\nbudget:\r\n  images_per_day: 5\r\n")
    text.set(["concurrency"], to: "4")
    text.set(["budget", "cost_per_month"], to: "9.50")
    text.set(["limit"], to: "3")
    let edited =
      "\u{FEFF}# mine\r\nconcurrency: 4 # slow\r\nbudget:\r\n  images_per_day: 5\r\n"
      + "  cost_per_month: 9.50\r\nlimit: 3\r\n"
    #expect(text.text.utf8.elementsEqual(edited.utf8), "\(text.text)")
    text.unset(["concurrency"])
    text.unset(["budget"])
    #expect(text.text.utf8.elementsEqual("\u{FEFF}# mine\r\nlimit: 3\r\n".utf8), "\(text.text)")
  }

  @Test("the items of a list belong to their key, also in its column")
  func list() {
    var text = ConfigText("columns:\n- id\n# a remark\n- seed\nlimit: 3\n")
    text.set(["columns"], to: "id")
    #expect(text.text == "columns: id\nlimit: 3\n")
  }

  @Test("the YAML parser reads each value that was set, in every file")
  func roundTrip() throws {
    var random = SeededGenerator(seed: 7)
    let pieces = [
      "a", "Z", "9", " ", ":", ": ", " #", "'", "\"", "\\", "-", "{", "[", "é", "水", "~", "yes",
      "null", "/", ".", "|", "&", "*", "!", "%", "@", "`", ",", "=", "?",
    ]
    var text = ConfigText(sample)
    for _ in 0..<400 {
      let count = Int.random(in: 1...8, using: &random)
      let value = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let path = [["aliases", "x"], ["aliases", "y"], ["generate", "model"]].randomElement(
        using: &random)
      guard let path else { continue }
      text.set(path, to: value)
      let file = try #require(try ConfigFile.parse(Array(text.text.utf8), of: FilePath("c.yaml")))
      let settings = Settings(environment: Environment(variables: [:]), file: file)
      let read =
        path[0] == "aliases"
        ? try settings.alias(path[1])?.value : try settings.string(.model)?.value
      #expect(read == value, "\(text.text)")
    }
    #expect(text.text.contains("# what we print") && text.text.contains("# the office's"))
  }
}
