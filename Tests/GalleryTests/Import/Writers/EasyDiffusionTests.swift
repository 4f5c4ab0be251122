import Testing

@testable import SeedbankGallery

@Suite("Easy Diffusion's lines")
struct EasyDiffusionTests {
  @Test("an unknown line continues only a prompt, and no other value")
  func unknownLines() throws {
    let text = """
      Prompt: a fox,
      Note: at dusk
      Seed: 4242
      Stable Diffusion model: m
      Guidance Scale: 4.5
      Distilled Guidance: 3.5
      ControlNet Strength: 0.5
      Steps: 28
      Mystery: 7
      Negative Prompt: fog,
      people: many
      """
    let record = try #require(ForeignRecord.read(ImageTexts(userComment: text)))
    #expect(record.tool == "easydiffusion" && record.prompt == "a fox,\nNote: at dusk")
    #expect(record.settings["negative_prompt"] == .string("fog,\npeople: many"))
    #expect(record.guidanceScale == 4.5 && record.settings["steps"] == .integer(28))
    #expect(record.settings["distilled_guidance"] == .string("3.5"))
    #expect(record.settings["controlnet_strength"] == .string("0.5"))
    #expect(record.settings["mystery"] == .string("7"))
  }
}
