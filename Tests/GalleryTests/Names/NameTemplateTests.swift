import SeedbankStorage
import Testing

@testable import SeedbankGallery

@Suite("Name templates") struct NameTemplateTests {
  @Test(
    "every field writes its value",
    arguments: [
      ("{id}", "12.jpg"), ("{ref}", "12.jpg"), ("{seed}", "42.jpg"), ("{seed:06}", "000042.jpg"),
      ("{prompt}", "A-cat-in-a-hat.jpg"), ("{prompt:5}", "A-cat.jpg"),
      ("{model}", "seedream-3-0-t2i-250415.jpg"), ("{size}", "1024x1024.jpg"),
      ("{width}w", "1024w.jpg"), ("{height}h", "1024h.jpg"), ("{guidance}", "2.5.jpg"),
      ("{created}", "2026-11-05.jpg"), ("{created:%Y%m%d-%H%M%S}", "20261105-080459.jpg"),
      ("{completed:%H.%M.%S}", "08.05.07.jpg"), ("{tag}", "client-acme.jpg"),
      ("{tags}", "client-acme+draft.jpg"), ("{rating}", "4.jpg"), ("{note}", "soft-light.jpg"),
      ("{collection}", "Autumn.jpg"), ("{status}", "complete.jpg"), ("{n:04}", "0007.jpg"),
      ("{position}", "1.jpg"), ("{model}/{rating}/{id}.{ext}", "seedream-3-0-t2i-250415/4/12.jpg"),
      ("{{{id}}}", "{12}.jpg"), ("plain {id}.jpg", "plain 12.jpg"),
    ])
  func fields(template: String, name: String) throws {
    let generation = Samples.generation(
      tags: ["client/acme", "draft"], rating: 4, note: "soft light")
    #expect(try Samples.path(template, Samples.facts(generation, number: 7)) == name)
  }

  @Test("digests and uids can be shortened")
  func prefixes() throws {
    let facts = Samples.facts(Samples.generation())
    #expect(try Samples.path("{sha256:8}", facts) == facts.image.digest.hex.prefix(8) + ".jpg")
    #expect(try Samples.path("{uid}", facts) == "\(facts.generation.uid).jpg")
  }

  @Test("unknown values have a placeholder")
  func placeholders() throws {
    let facts = Samples.facts(Samples.generation(prompt: "???", seed: nil, model: nil))
    #expect(
      try Samples.path("{prompt}-{seed}-{model}-{tag}-{rating}", facts)
        == "no-prompt-no-seed-no-model-untagged-unrated.jpg")
  }

  @Test("the default sorts by id and distinguishes the images of a generation")
  func standard() {
    let generation = Samples.generation()
    func name(_ position: Int) -> String {
      NameTemplate.standard.draft(for: Samples.facts(generation, position: position)).path()
        .description
    }
    #expect(name(1) == "0012-A-cat-in-a-hat-42.jpg")
    #expect(name(2) == "0012.2-A-cat-in-a-hat-42.jpg")
  }

  @Test("the two built-in templates match their text")
  func ownTemplates() throws {
    #expect(try NameTemplate(NameTemplate.standard.description) == .standard)
    #expect(try NameTemplate(NameTemplate.mute.description) == .mute)
  }

  @Test(
    "an invalid template is refused with the position",
    arguments: [
      ("", NameTemplateError.empty), ("a{id", .unclosedBrace(at: 1)),
      ("a}b", .unopenedBrace(at: 1)),
      ("/abs", .absolute), ("a//b", .emptyPart(at: 2)), ("a/", .emptyPart(at: 2)),
      ("../{id}", .dots(at: 0)), ("a/./b", .dots(at: 2)),
      ("{promt}", .unknownField(name: "promt", suggestion: .prompt, at: 1)),
      ("x{zzz}", .unknownField(name: "zzz", suggestion: nil, at: 2)),
      (
        "{id:x}",
        .badFormat(field: .id, format: "x", accepted: NameField.id.accepted, at: 4)
      ),
      (
        "{created:%Q}",
        .badFormat(field: .created, format: "%Q", accepted: NameField.created.accepted, at: 9)
      ),
      (
        "{ext:3}",
        .badFormat(field: .ext, format: "3", accepted: NameField.ext.accepted, at: 5)
      ),
    ])
  func errors(template: String, error: NameTemplateError) {
    #expect(throws: error) { try NameTemplate(template) }
  }

  @Test("dates are in local time")
  func timeZones() throws {
    var facts = Samples.facts(Samples.generation())
    facts.offset = { _ in 18 * 3600 }
    #expect(try Samples.path("{created:%Y-%m-%d %H}", facts) == "2026-11-06-02.jpg")
  }
}
