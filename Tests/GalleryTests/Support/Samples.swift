import SeedbankModel
import TestRandomness

@testable import SeedbankGallery

/// Values for tests that need no library.
enum Samples {
  static func generation(
    _ id: Int64 = 12, prompt: String = "A cat, in a hat", tags: [String] = [], rating: Int? = nil,
    seed: ImageSeed? = 42, model: String? = "seedream-3-0-t2i-250415", note: String? = nil
  ) -> Generation {
    var random = SeededGenerator(seed: UInt64(id))
    let created = Timestamp(milliseconds: 1_793_865_899_000)
    var generation = Generation(
      id: GenerationID(id), uid: UID(at: created, using: &random), status: .complete,
      prompt: prompt,
      parameters: Parameters(
        model: model, size: "1024x1024", width: 1024, height: 1024, seed: seed,
        guidanceScale: 2.5, watermark: false, responseFormat: "url"),
      createdAt: created, completedAt: created.advanced(bySeconds: 8))
    generation.tags = tags
    generation.rating = rating
    generation.note = note
    return generation
  }

  static func image(_ position: Int = 1, of id: Int64 = 12) -> CataloguedImage {
    CataloguedImage(
      position: position, digest: Digest(of: "\(id).\(position)".utf8), format: "jpeg", width: 1024,
      height: 1024, bytes: 4096, perceptualHash: nil)
  }

  static func facts(_ generation: Generation, position: Int = 1, number: Int = 1) -> NameFacts {
    NameFacts(
      generation: generation, image: image(position, of: generation.id.rawValue), number: number,
      collections: ["Autumn"])
  }

  static func path(_ template: String, _ facts: NameFacts) throws -> String {
    try NameTemplate(template).draft(for: facts).path().description
  }
}
