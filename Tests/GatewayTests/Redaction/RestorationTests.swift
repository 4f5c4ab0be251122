import Foundation
import Testing

@testable import SeedbankProviders

extension HTTPTests {
  @Suite("The key in links and job ids")
  struct RestorationTests {
    @Test("a link that contains the key is downloaded unchanged, and is recorded without the key")
    func link() async throws {
      let target = "/a.jpg?k=\(secret)&t=\(Data("user:\(secret)".utf8).base64EncodedString())"
      let script = RawServer.Script { request in
        guard request.head.hasPrefix("POST") else {
          return [.reply(200, "picture", "ETag: \"\(secret)\"")]
        }
        let origin = "http://" + (request.header("Host") ?? "")
        return [.reply(200, #"{"data":[{"url":"\#(origin)\#(target)"}]}"#)]
      }
      try await RawServer.run(script) { server in
        try await withClient(server.base) { client in
          let answer = await client.submit(RequestBody(recorded: Array("{}".utf8)))
          let body = try #require(answer.reply?.body)
          #expect(!KeySpelling.holds(secret, in: String(decoding: body, as: UTF8.self)))
          // The link is read from the recorded reply, as after a restart.
          guard case .link(let recorded)? = Offers.read(body)?.images.first?.source else {
            Issue.record("no link")
            return
          }
          let download = try await client.download(recorded, to: MemorySink())
          #expect(download.start.validator?.contains(secret) == false)
        }
        #expect(server.requests.last?.target == target)
        #expect(server.requests.last?.header("Ocp-Apim-Subscription-Key") == nil)
      }
    }

    @Test("a job whose id contains the key is polled by the unchanged id")
    func job() async throws {
      let script = RawServer.Script.always(.reply(200, #"{"job_set_id":"job/\#(secret)/1"}"#))
      try await RawServer.run(script) { server in
        try await withClient(server.base) { client in
          let answer = await client.submit(RequestBody(recorded: Array("{}".utf8)))
          guard case .accepted(let jobID) = answer.outcome else {
            Issue.record("no job")
            return
          }
          #expect(!jobID.contains(secret))
          _ = await client.poll(jobID)
        }
        #expect(server.requests.last?.body == #"{"job_set_id":"job/\#(secret)/1"}"#)
      }
    }
  }
}
