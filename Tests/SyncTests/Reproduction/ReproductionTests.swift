import FilePaths
import Foundation
import GatewaySimulator
import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import Testing

@testable import SeedbankSync

@Suite("A reproduction")
struct ReproductionTests {
  private func reproduce(
    _ id: GenerationID, _ changes: [RequestChange] = [], in bench: Workbench
  ) async throws -> Generation {
    var randomSource = SystemRandomNumberGenerator()
    let original = try #require(try bench.library.generation(id))
    let plan = try ReproductionPlan(
      of: original, recorded: bench.library.requestBody(of: id),
      provider: .standard.at(bench.gateway.baseURL))
    let draft = try plan.draft(
      plan.cell(changes, using: &randomSource), tags: [], at: Workbench.now(), using: &randomSource)
    let copy = try bench.library.record([draft])[0]
    try await bench.sync()
    return try #require(try bench.library.generation(copy))
  }

  @Test("is the same request, byte for byte, and gets a verdict")
  func unchanged() async throws {
    try await Workbench.with { bench in
      let id = try bench.record()[0]
      try await bench.sync()
      let copy = try await reproduce(id, [.seed(100)], in: bench)
      #expect(copy.parent == id)
      #expect(copy.parentChange == "{}")
      #expect(copy.verdict?.kind == "identical-file")
      #expect(
        try bench.library.requestBody(of: copy.id) == bench.library.requestBody(of: id))
    }
  }

  @Test("shows how much the image has changed", arguments: [Drift.bytes, .pixels, .scene])
  func drifted(_ drift: Drift) async throws {
    let script = Script([Rule(on: .submit, Behaviour(picture: Alteration(drift: drift)))])
    try await Workbench.with(script) { bench in
      let id = try bench.record()[0]
      try await bench.sync()
      let kind = try await reproduce(id, in: bench).verdict?.kind
      switch drift {
      case .bytes: #expect(kind == "identical-pixels")
      case .pixels: #expect(kind == "visually-identical" || kind == "near-identical")
      default: #expect(kind == "different" || kind == "similar-composition")
      }
    }
  }

  @Test("gets no verdict if the file of the original is another image")
  func replacedOriginal() async throws {
    let script = Script([
      Rule(on: .submit, from: 3, Behaviour(picture: Alteration(drift: .bytes)))
    ])
    try await Workbench.with(script) { bench in
      let id = try bench.record(seed: 1)[0]
      let other = try bench.record(seed: 2)[0]
      try await bench.sync()
      func file(_ id: GenerationID) throws -> URL {
        let image = try #require(try bench.library.generation(id)?.images.first)
        return URL(fileURLWithPath: bench.library.folder.absolutePath(of: image).text)
      }
      let recorded = try Data(contentsOf: try file(id))
      try Data(contentsOf: try file(other)).write(to: try file(id), options: .atomic)
      #expect(try await reproduce(id, in: bench).verdict == nil)
      try recorded.write(to: try file(id), options: .atomic)
      #expect(try await reproduce(id, in: bench).verdict?.kind == "identical-pixels")
    }
  }

  @Test("with changes records the changes, and gets no verdict")
  func changed() async throws {
    try await Workbench.with { bench in
      let id = try bench.record()[0]
      try await bench.sync()
      let copy = try await reproduce(id, [.guidanceScale(5), .seed(7)], in: bench)
      #expect(copy.parentChange == #"{"guidance_scale":5.0,"seed":7}"#)
      #expect(copy.verdict == nil)
      #expect(copy.parameters.seed == 7)
      let body = String(
        decoding: try #require(try bench.library.requestBody(of: copy.id)), as: UTF8.self)
      #expect(
        body == #"{"prompt":"a lighthouse","size":"512x512","seed":7,"guidance_scale":5}"#)
    }
  }

  /// Returns a request that was recorded for a provider and has not been sent.
  private func recorded(
    _ kind: String, _ parameters: RequestParameters, in bench: Workbench
  ) throws -> Generation {
    var dice = SystemRandomNumberGenerator()
    let template = RequestTemplate(
      parameters: parameters, provider: try .named(kind))
    let id = try bench.library.record(
      template.drafts(
        for: PromptEntry(line: 1, prompt: "a lighthouse"), at: Workbench.now(), using: &dice))[0]
    return try #require(try bench.library.generation(id))
  }

  @Test("at another provider names the parameters that cannot be carried over")
  func elsewhere() async throws {
    try await Workbench.with { bench in
      var dice = SystemRandomNumberGenerator()
      let original = try recorded(
        "ark",
        RequestParameters(
          model: "seedream-4-0-250828", size: .preset(.two), seed: 7, watermark: false, group: 3,
          promptMode: "fast"), in: bench)
      for (kind, model, leftOut) in [
        (
          "fal", "fal-ai/bytedance/seedream/v3/text-to-image",
          [RequestParameter.size, .watermark, .promptMode, .group]
        ),
        ("replicate", "bytedance/seedream-4", [.seed, .watermark, .promptMode]),
        ("pixazo", "seedream-4-0-250828", [.promptMode, .group]),
      ] {
        let plan = try ReproductionPlan(
          of: original, recorded: bench.library.requestBody(of: original.id),
          provider: try .named(kind))
        let cell = try plan.cell([.model(model)], using: &dice)
        #expect(cell.leftOut == leftOut, "\(kind)")
      }
    }
  }

  @Test("with changes keeps the options that only the recorded body has")
  func options() async throws {
    try await Workbench.with { bench in
      var dice = SystemRandomNumberGenerator()
      let original = try recorded(
        "ark",
        RequestParameters(
          model: "dola-seedream-5-0-pro-260628", size: .preset(.one), seed: 7,
          outputFormat: "png", promptMode: "fast"), in: bench)
      let plan = try ReproductionPlan(
        of: original, recorded: bench.library.requestBody(of: original.id),
        provider: try .named("ark"))
      let body = String(decoding: try plan.cell([.seed(8)], using: &dice).body.bytes, as: UTF8.self)
      #expect(body.contains(#""output_format":"png""#), "\(body)")
      #expect(body.contains(#""mode":"fast""#) && body.contains(#""seed":8"#), "\(body)")
    }
  }

  @Test("of an import of a queued model has the fields and the endpoint of that queue")
  func queued() async throws {
    try await Workbench.with { bench in
      var dice = SystemRandomNumberGenerator()
      let draft = GenerationDraft(
        uid: UID(at: Workbench.now(), using: &dice), prompt: "a lighthouse",
        parameters: Parameters(
          model: "seedream-5-0-lite-text-to-image", size: "2K", seed: ImageSeed(7)),
        createdAt: Workbench.now(), status: .complete)
      let original = try #require(
        try bench.library.generation(bench.library.record([draft])[0]))
      let plan = try ReproductionPlan(of: original, recorded: nil)
      #expect(plan.fields.size == "2K" && plan.fields.seed == 7)
      let cell = try plan.cell([.seed(8)], using: &dice)
      #expect(
        String(decoding: cell.body.bytes, as: UTF8.self)
          == #"{"prompt":"a lighthouse","image_size":"2K","num_images":1,"seed":8}"#)
      let again = try plan.draft(cell, tags: [], at: Workbench.now(), using: &dice)
      #expect(again.provider.endpoint?.hasPrefix("/seedream-5-0-lite") == true)
    }
  }

  /// An import with a reference image, whose file may be missing.
  private func imported(
    _ model: String, hasFile: Bool = true, in bench: Workbench
  ) throws -> Generation {
    var dice = SystemRandomNumberGenerator()
    let path = bench.folder + "/reference.bmp"
    try Data(Bitmap.bytes(width: 40, height: 40)).write(to: URL(fileURLWithPath: path))
    let storage = try #require(try ReferenceStorage(bench.library))
    let image = try storage.take(
      FilePath(path), as: "reference", position: 1, by: ReferenceRule(0...1, .data))
    if !hasFile {
      try FileManager.default.removeItem(
        atPath: bench.library.folder.absolutePath(of: image).description)
    }
    var draft = GenerationDraft(
      uid: UID(at: Workbench.now(), using: &dice), prompt: "a lighthouse",
      parameters: Parameters(model: model, seed: ImageSeed(7)), createdAt: Workbench.now(),
      status: .complete)
    draft.references = [image]
    return try #require(try bench.library.generation(bench.library.record([draft])[0]))
  }

  private func batch(
    of original: Generation, at kind: String, withReferences: Bool = true,
    _ changes: [RequestChange] = [], in bench: Workbench
  ) throws -> ReproductionBatch {
    var dice = SystemRandomNumberGenerator()
    let plan = try ReproductionPlan(
      of: original, recorded: bench.library.requestBody(of: original.id),
      provider: try .named(kind), withReferences: withReferences)
    return try ReproductionBatch(
      of: original, plan, through: VariationGrid(fixed: changes, axes: [], seeds: []),
      isSeedChosen: false, isReusing: false, in: bench.library, tags: [], at: Workbench.now(),
      using: &dice)
  }

  @Test("of an import sends its stored reference images")
  func importedReferences() async throws {
    try await Workbench.with { bench in
      let original = try imported("seedream-4-0-250828", in: bench)
      let draft = try batch(of: original, at: "ark", in: bench).drafts[0]
      let digest = original.references[0].digest.description
      let body = String(decoding: draft.requestBody ?? [], as: UTF8.self)
      #expect(body.contains(#""image":"\#(digest)""#), "\(body)")
      #expect(draft.references == original.references)
    }
  }

  @Test("without the file of a reference image is refused, unless the user leaves the images out")
  func missingReferences() async throws {
    try await Workbench.with { bench in
      let original = try imported("seedream-4-0-250828", hasFile: false, in: bench)
      #expect(throws: ReproductionError.referencesMissing(original.id, positions: [1])) {
        try batch(of: original, at: "ark", in: bench)
      }
      let without = try batch(of: original, at: "ark", withReferences: false, in: bench)
      let draft = without.drafts[0]
      #expect(draft.references.isEmpty && without.leftOut == [.references])
      #expect(!String(decoding: draft.requestBody ?? [], as: UTF8.self).contains("image"))
      // The result is not compared as if it were the same request.
      #expect(draft.parentChange == #"{"references":null}"#)
    }
  }

  @Test("of an import is refused if its model takes only links, or no reference images")
  func importedLinks() async throws {
    try await Workbench.with { bench in
      let original = try imported("seedream-4-0-250828", in: bench)
      #expect(
        throws: ReproductionError.linksOnly(
          original.id, model: "seedream-4-0-250828", isRecorded: false)
      ) { try batch(of: original, at: "pixazo", in: bench) }
      #expect(
        throws: RequestError.referenceCount(1, model: "seedream-3-0-t2i-250415", allowed: 0...0)
      ) {
        try batch(
          of: original, at: "pixazo", [.model("seedream-3-0-t2i-250415")], in: bench)
      }
    }
  }

  @Test("of a model without seeds sends the same request, whatever seeds are drawn for it")
  func withoutSeeds() async throws {
    try await Workbench.with { bench in
      var dice = SystemRandomNumberGenerator()
      let original = try recorded(
        "replicate", RequestParameters(model: "bytedance/seedream-4", size: .preset(.two)),
        in: bench)
      let body = try bench.library.requestBody(of: original.id)
      let plan = try ReproductionPlan(
        of: original, recorded: body,
        provider: try .named("replicate"))
      func batch(isSeedChosen: Bool) throws -> ReproductionBatch {
        try ReproductionBatch(
          of: original, plan,
          through: VariationGrid(fixed: [], axes: [], seeds: [.seed(5), .seed(6)]),
          isSeedChosen: isSeedChosen, isReusing: false, in: bench.library, tags: [],
          at: Workbench.now(), using: &dice)
      }
      let drafts = try batch(isSeedChosen: false).drafts
      #expect(drafts.map(\.requestBody) == [body, body])
      #expect(drafts.allSatisfy { $0.parentChange == "{}" })
      #expect(
        throws: RequestError.fieldNotAccepted(.seed, model: "bytedance/seedream-4")
      ) { try batch(isSeedChosen: true) }
    }
  }

  @Test("of a request with links sends the links again, and refuses changes")
  func links() async throws {
    try await Workbench.with { bench in
      var original = try recorded(
        "pixazo",
        RequestParameters(
          model: "seedream-4-0-250828", seed: 7,
          references: [.link("https://a.example/1.png")]), in: bench)
      original.references = try imported("x", hasFile: false, in: bench).references
      let same = try batch(of: original, at: "pixazo", in: bench).drafts[0]
      #expect(same.requestBody == (try bench.library.requestBody(of: original.id)))
      #expect(same.parentChange == "{}" && same.provider.endpoint?.hasSuffix("Image") == true)
      #expect(
        throws: ReproductionError.linksOnly(
          original.id, model: "seedream-4-0-250828", isRecorded: true)
      ) { try batch(of: original, at: "pixazo", [.seed(8)], in: bench) }
    }
  }

  @Test("refuses parameters that the model does not accept")
  func refused() async throws {
    try await Workbench.with { bench in
      let id = try bench.record()[0]
      let original = try #require(try bench.library.generation(id))
      let plan = try ReproductionPlan(of: original, recorded: bench.library.requestBody(of: id))
      var randomSource = SystemRandomNumberGenerator()
      #expect(throws: RequestError.self) {
        try plan.cell([.guidanceScale(11)], using: &randomSource)
      }
    }
  }

  @Test("of a grid generates every combination")
  func grid() throws {
    let axes = [try Variation("guidance_scale=2,4"), try Variation("seed=1..3")]
    let cells = Variation.grid(axes)
    #expect(cells.count == 6)
    #expect(cells[0] == [.guidanceScale(2), .seed(1)])
    #expect(cells[5] == [.guidanceScale(4), .seed(3)])
    let grid = VariationGrid(fixed: [.watermark(false)], axes: axes, seeds: [])
    #expect(grid.count == 6 && grid.cells[5] == [.watermark(false), .guidanceScale(4), .seed(3)])
    let single = VariationGrid(fixed: [], axes: [axes[0]], seeds: [.seed(8)])
    #expect(single.axes.count == 1 && single.common == [.seed(8)])
    #expect(single.cells == [[.guidanceScale(2), .seed(8)], [.guidanceScale(4), .seed(8)]])
    let counted = VariationGrid(fixed: [], axes: [axes[0]], seeds: [.seed(8), .seed(9)])
    #expect(counted.axes.count == 2 && counted.common.isEmpty && counted.count == 4)
    #expect(throws: VariationError.self) { try Variation("seed=3..1") }
    #expect(throws: VariationError.tooMany(limit: Variation.longest)) {
      try Variation("seed=\(Int.min)..\(Int.max)")
    }
    let prompts = try Variation(#"prompt=a cat\, sitting, a \dog,b\"#).changes
    #expect(prompts == [.prompt("a cat, sitting"), .prompt(#"a \dog"#), .prompt(#"b\"#)])
    #expect(throws: VariationError.self) { try Variation("colour=red") }
    #expect(throws: VariationError.self) { try Variation("seed") }
  }

  @Test("is audited with those of the same month in the local time zone")
  func auditMonths() async throws {
    try await Workbench.with { bench in
      let id = try #require(try bench.record(count: 1).first)
      let generation = try #require(try bench.library.generation(id))
      let shift: Int64 = 40 * 86_400
      let local = LocalTime(now: generation.createdAt) { _ in shift }
      let shown = generation.createdAt.advanced(bySeconds: Double(shift)).description
      #expect(AuditSample.Group(generation, at: local).month == String(shown.prefix(7)))
    }
  }

  @Test("of a sample has a few generations of each model and month")
  func audit() async throws {
    try await Workbench.with { bench in
      let ids = try bench.record(count: 30)
      try await bench.sync()
      var randomSource = SystemRandomNumberGenerator()
      var sample = AuditSample(size: 5)
      for generation in try bench.library.generations(ids) {
        sample.consider(
          generation, at: .utc(now: Timestamp(milliseconds: 0)), using: &randomSource)
      }
      #expect(sample.ids.count == 5)
      #expect(Set(sample.ids).count == 5)
    }
  }
}
