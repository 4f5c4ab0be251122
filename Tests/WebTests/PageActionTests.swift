import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import Testing

@testable import SeedbankWeb

/// Tests in a real browser that an action applies to what the page shows.
///
/// `Browser/check_actions.py` does what a person does.
@Suite("Actions of the live page", .serialized) struct PageActionTests {
  @Test(
    "an edit of a whole result is made for the images that are shown while another query is read",
    .enabled(if: LivePageTests.hasBrowser, "chromium, chromedriver or python3 is not installed"))
  func wholeResult() async throws { try await check("whole") }

  @Test(
    "the button that undoes an edit undoes no other edit",
    .enabled(if: LivePageTests.hasBrowser, "chromium, chromedriver or python3 is not installed"))
  func undo() async throws { try await check("undo") }

  @Test(
    "a range of images begins at the image that was the current one, also if the result changes",
    .enabled(if: LivePageTests.hasBrowser, "chromium, chromedriver or python3 is not installed"))
  func range() async throws { try await check("range") }

  @Test(
    "a box adds to a selection of the whole result and leaves out what was left out",
    .enabled(if: LivePageTests.hasBrowser, "chromium, chromedriver or python3 is not installed"))
  func box() async throws { try await check("box") }

  @Test(
    "keys edit the image that is shown if the result changes before all of its ids arrive",
    .enabled(if: LivePageTests.hasBrowser, "chromium, chromedriver or python3 is not installed"))
  func completion() async throws { try await check("complete") }

  @Test(
    "no event is missed before the stream opens or after it was refused",
    .enabled(if: LivePageTests.hasBrowser, "chromium, chromedriver or python3 is not installed"))
  func events() async throws { try await check("events") }

  @Test(
    "an image that arrives while its generation is in the viewer is shown",
    .enabled(if: LivePageTests.hasBrowser, "chromium, chromedriver or python3 is not installed"))
  func arrival() async throws { try await check("arrival") }

  @Test(
    "an answer to an earlier question has no effect on what is shown for a later one",
    .enabled(if: LivePageTests.hasBrowser, "chromium, chromedriver or python3 is not installed"))
  func answers() async throws { try await check("answers") }

  @Test(
    "a query that a busy server did not answer is read again after the next event",
    .enabled(if: LivePageTests.hasBrowser, "chromium, chromedriver or python3 is not installed"))
  func retry() async throws { try await check("retry") }

  @Test(
    "keys in the viewer know that an image was the last one when it left the result",
    .enabled(if: LivePageTests.hasBrowser, "chromium, chromedriver or python3 is not installed"))
  func leaving() async throws { try await check("left") }

  @Test(
    "a selection and its order stay right when the result is read again",
    .enabled(if: LivePageTests.hasBrowser, "chromium, chromedriver or python3 is not installed"))
  func results() async throws { try await check("results") }

  @Test(
    "a form sends no model that was not chosen, and states all images of a group",
    .enabled(if: LivePageTests.hasBrowser, "chromium, chromedriver or python3 is not installed"))
  func generating() async throws {
    try await check("generate", model: nil, group: 4) { $0.generator = IdleGenerator() }
  }

  @Test(
    "a note being written stays if the image is edited elsewhere or Escape is pressed",
    .enabled(if: LivePageTests.hasBrowser, "chromium, chromedriver or python3 is not installed"))
  func note() async throws { try await check("note") }

  @Test(
    "closing the viewer after a link in it returns to the grid",
    .enabled(if: LivePageTests.hasBrowser, "chromium, chromedriver or python3 is not installed"))
  func link() async throws { try await check("link", last: { $0.parent = GenerationID(129) }) }

  @Test(
    "collections beside the grid follow edits, also undone ones and those of other programs",
    .enabled(if: LivePageTests.hasBrowser, "chromium, chromedriver or python3 is not installed"))
  func sidebar() async throws { try await check("sidebar") }

  @Test(
    "generating is offered when the server says so, also if it could not at first",
    .enabled(if: LivePageTests.hasBrowser, "chromium, chromedriver or python3 is not installed"))
  func library() async throws {
    try await check("library") { $0.generator = IdleGenerator() }
  }

  @Test(
    "a prompt of several lines is found again from the search field",
    .enabled(if: LivePageTests.hasBrowser, "chromium, chromedriver or python3 is not installed"))
  func prompt() async throws {
    try await check("prompt", last: { $0.prompt = "first line\nsecond line" })
  }

  @Test(
    "a recorded request is sent with each model, also if the model does not take its guidance",
    .enabled(if: LivePageTests.hasBrowser, "chromium, chromedriver or python3 is not installed"))
  func models() async throws {
    let ranges: [(String, ClosedRange<Double>?)] = [
      ("with", 1...10), ("without", nil), ("with-less", 1...5),
    ]
    let models = ranges.map { name, guidance in
      GenerationAbilities.Model(name: name, sizes: [], takesSeed: true, guidance: guidance)
    }
    try await check(
      "form", model: "with", { $0.generator = IdleGenerator(models: models) },
      last: { $0.parameters.guidanceScale = 4.55 })
  }

  /// - Parameters:
  ///   - model: the model of all generations.
  ///   - group: the number of images that the request of the last one asked for.
  ///   - last: makes other changes of the last one.
  private func check(
    _ kind: String, model: String? = "seedream-3-0-t2i-250415", group: Int? = nil,
    _ change: (inout ServerSettings) -> Void = { _ in },
    last: (inout GenerationDraft) -> Void = { _ in }
  ) async throws {
    func prepare(_ library: Library) throws {
      for number in 1...130 {
        try library.add(
          "cat \(number)", tags: number.isMultiple(of: 2) ? [] : ["odd"], model: model,
          shade: UInt8(number), group: number == 130 ? group : nil
        ) { if number == 130 { last(&$0) } }
      }
    }
    try await TestServer.run(change, prepare: prepare) { test async throws in
      let check = try await LivePageTests.check(kind, test, script: "check_actions.py")
      #expect(check.status == 0, "\(check.output)")
    }
  }
}

/// A generator that answers as if it had recorded a generation that exists.
private struct IdleGenerator: ImageGenerator {
  var models = [
    GenerationAbilities.Model(
      name: "seedream-4-0-250828", sizes: [], takesSeed: true, guidance: nil)
  ]

  var abilities: GenerationAbilities {
    GenerationAbilities(models: models, defaultModel: nil, budget: 20, notice: nil)
  }

  func submit(_ order: ImageOrder) throws -> RecordedOrder {
    RecordedOrder(ids: [GenerationID(1)], axes: [])
  }
}
