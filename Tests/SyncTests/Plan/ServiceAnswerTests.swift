import Foundation
import SeedbankProviders
import Testing

@testable import SeedbankSync

@Suite("A poll that tests whether a service answers")
struct ServiceAnswerTests {
  private static let page = "<!DOCTYPE html><html><head><title>Bad gateway</title></head></html>"

  /// Whether the reply counts as one of the service; nil if it is not an outcome.
  private func isAnswered(
    _ service: any ImageService, _ status: Int, _ body: String,
    at endpoint: String = EncodedRequest.standardEndpoint
  ) -> Bool? {
    let reply = Reply(status: status, body: Array(body.utf8))
    let job = JobState.running(endpoint: endpoint, jobID: "none")
    guard
      case .outcome(let outcome) = service.readPoll(
        reply, to: job, at: Date(timeIntervalSince1970: 0))
    else { return nil }
    return outcome.isOfTheGateway
  }

  @Test(
    "does not take the page of a proxy for an answer of any service",
    arguments: ImageServices.all.map { $0.kind },
    [200, 400, 403, 404, 407, 413, 422, 431, 500, 502, 503, 504, 511, 530])
  func pages(_ kind: String, _ status: Int) throws {
    let service = try #require(ImageServices.of(kind: kind))
    #expect(isAnswered(service, status, Self.page) == false)
  }

  @Test(
    "takes a page that asks for a pause for an answer only if the service has jobs",
    arguments: ImageServices.all.map { $0.kind })
  func pause(_ kind: String) throws {
    let service = try #require(ImageServices.of(kind: kind))
    #expect(isAnswered(service, 429, Self.page) == service.namesJobs)
  }

  @Test(
    "does not take a failure of the server for an answer of any service",
    arguments: ImageServices.all.map { $0.kind }, [500, 502, 503, 504])
  func failures(_ kind: String, _ status: Int) throws {
    let service = try #require(ImageServices.of(kind: kind))
    #expect(isAnswered(service, status, "") == false)
    #expect(isAnswered(service, status, #"{"error":"no"}"#) == false)
  }

  @Test(
    "takes the refusal of a service without jobs for an answer", arguments: ["ark", "openai"],
    [
      (404, #"{"error":{"message":"not found"}}"#), (404, "404 page not found"), (404, ""),
      (405, #"{"error":"The method is not allowed."}"#), (405, page),
      (401, #"{"error":"no key"}"#), (429, "{}"),
    ])
  func refusals(_ kind: String, _ reply: (Int, String)) throws {
    let service = try #require(ImageServices.of(kind: kind))
    #expect(isAnswered(service, reply.0, reply.1) == true)
  }

  @Test(
    "takes the refusal of a Cog server, which has no jobs, for an answer",
    arguments: [(405, ""), (405, #"{"detail":"Method Not Allowed"}"#), (404, "{}"), (401, "{}")])
  func cog(_ status: Int, _ body: String) throws {
    let service = try #require(ImageServices.of(kind: "replicate"))
    #expect(isAnswered(service, status, body, at: "/predictions") == true)
    #expect(isAnswered(service, 502, Self.page, at: "/predictions") == false)
  }

  @Test("takes an unknown job of a service with jobs for an answer")
  func unknownJob() throws {
    for service in ImageServices.all where service.namesJobs {
      #expect(isAnswered(service, 404, #"{"error":"no such job"}"#) == true, "\(service.kind)")
    }
  }
}
