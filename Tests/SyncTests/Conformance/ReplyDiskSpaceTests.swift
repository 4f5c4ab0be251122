import SeedbankProviders
import Testing

@testable import SeedbankSync

@Suite("The disk space for a reply")
struct ReplyDiskSpaceTests {
  private func contains(images service: ServiceCase) throws -> Bool {
    let kind = try #require(ImageServices.of(kind: service.kind))
    let request = SubmitRequest(prompt: "a lighthouse", parameters: service.parameters)
    return kind.repliesWithImages(to: try request.encode(for: kind))
  }

  @Test(
    "is that of the images for each service whose replies contain them",
    arguments: ServiceCase.all)
  func services(_ service: ServiceCase) throws {
    if service.isInline { #expect(try contains(images: service)) }
  }

  @Test("is that of the images if the request asks for them, and little for links")
  func requested() throws {
    for service in ServiceCase.all where ["pixazo", "ark", "ark stream"].contains(service.name) {
      #expect(try !contains(images: service))
      var parameters = service.parameters
      parameters.responseFormat = .base64
      let inline = ServiceCase(name: "base64", kind: service.kind, parameters: parameters)
      #expect(try contains(images: inline))
    }
  }

  @Test("grows with the number of images that the reply contains")
  func groups() {
    let settings = SyncSettings()
    #expect(settings.replyDiskSpace(images: 1, inline: true) == 16 << 20)
    #expect(settings.replyDiskSpace(images: 4, inline: true) == 64 << 20)
    #expect(settings.replyDiskSpace(images: 4, inline: false) == 64 << 10)
  }
}
