import Testing

@testable import GatewaySimulator

@Suite("Simulated services")
struct ServiceTests {
  /// Sends a request in the form of the service's own clients.
  private func send(
    _ method: String, _ path: String, _ body: String = "", key: String, headers: String = "",
    to gateway: SimulatedGateway
  ) async throws -> RawReply {
    let type = headers.contains("Content-Type") ? "" : "Content-Type: application/json\r\n"
    return try await RawClient(gateway).exchange(
      "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n\(key)\r\n\(headers)\(type)"
        + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)")
  }

  private static let bearer = "Authorization: Bearer \(SimulatedGateway.defaultKey)"
  private static let small = Rule(on: .submit, Behaviour(picture: Alteration(size: "64x64")))

  @Test("a stream has an event for each image, then the usage, then the mark of its end")
  func stream() async throws {
    let failing = Rule(on: .submit, Behaviour(accept: Acceptance(failed: [1])))
    try await withGateway(failing, Self.small) { gateway in
      let body =
        #"{"model":"seedream-4-0-250828","prompt":"a cat","stream":true,"#
        + #""sequential_image_generation":"auto","#
        + #""sequential_image_generation_options":{"max_images":3}}"#
      let reply = try await send(
        "POST", "/api/v3/images/generations", body, key: Self.bearer, to: gateway)
      let events = Array(reply.text.split(separator: "data: ").dropFirst())
      #expect(reply.header("Content-Type") == "text/event-stream")
      #expect(events.count == 5, "\(reply.text)")
      #expect(events[0].contains("partial_succeeded") && events[1].contains("partial_failed"))
      #expect(events[3].contains("image_generation.completed") && events[4].hasPrefix("[DONE]"))
      #expect(await gateway.ledger.charges.map(\.service) == ["ark"])
    }
  }

  @Test("a stream ends as a script wants it", arguments: EventStream.End.allCases)
  func broken(_ end: EventStream.End) async throws {
    guard end != .stall else { return }
    let rule = Rule(on: .submit, Behaviour(stream: EventStream(events: 1, end: end)))
    try await withGateway(rule, Self.small) { gateway in
      let body = #"{"model":"seedream-4-0-250828","prompt":"a cat","stream":true}"#
      let reply = try await send(
        "POST", "/api/v3/images/generations", body, key: Self.bearer, to: gateway)
      #expect(!reply.text.contains("image_generation.completed"))
      #expect(reply.complete == (end == .error || end == .done))
      #expect(reply.text.contains("InternalServiceError") == (end == .error))
    }
  }

  @Test("a model's rules are its maker's, and nothing that breaks them is charged")
  func rules() async throws {
    try await withGateway { gateway in
      for body in [
        #"{"prompt":"a cat"}"#, #"{"model":"nosuch","prompt":"a cat"}"#,
        #"{"model":"seedream-4-0-250828","prompt":"a cat","size":"3K"}"#,
        #"{"model":"seedream-4-0-250828","prompt":"a cat","output_format":"png"}"#,
        #"{"model":"dola-seedream-5-0-pro-260628","prompt":"a cat","stream":true}"#,
        #"{"model":"seedream-3-0-t2i-250415","prompt":"a cat","image":"https://a.example/b.png"}"#,
      ] {
        let reply = try await send(
          "POST", "/api/v3/images/generations", body, key: Self.bearer, to: gateway)
        #expect(reply.status == 400 || reply.status == 404, "\(body)")
        #expect(reply.text.contains(#""code""#), "\(reply.text)")
      }
      #expect(await gateway.ledger.charges.isEmpty)
    }
  }

  @Test("an edit is read as a form")
  func form() async throws {
    try await withGateway(Self.small) { gateway in
      let part = "--b\r\nContent-Disposition: form-data; name="
      let body =
        part + "\"model\"\r\n\r\ngpt-image-1\r\n" + part + "\"prompt\"\r\n\r\na cat\r\n" + part
        + "\"image\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\nbytes\r\n--b--\r\n"
      let reply = try await send(
        "POST", "/v1/images/edits", body, key: Self.bearer,
        headers: "Content-Type: multipart/form-data; boundary=b\r\n", to: gateway)
      #expect(reply.status == 200 && reply.text.contains("b64_json"), "\(reply.text)")
      let charge = try #require(await gateway.ledger.charges.first)
      #expect(charge.prompt == "a cat" && charge.model == "gpt-image-1")
    }
  }

  @Test("a queue has a status and a result, and requires its headers and its own key")
  func queue() async throws {
    let rule = Rule(on: .submit, Behaviour(job: JobPlan(statuses: ["queued", "succeeded"])))
    try await withGateway(rule, Self.small) { gateway in
      let key = "Authorization: Key \(SimulatedGateway.defaultKey)"
      let model = "/fal-ai/bytedance/seedream/v4/text-to-image"
      let body = #"{"prompt":"a cat","image_size":{"width":1024,"height":1024}}"#
      let headers = "x-fal-no-retry: 1\r\nx-app-fal-disable-fallback: true\r\n"
      #expect(try await send("POST", model, body, key: key, to: gateway).status == 400)
      let other = try await send(
        "POST", model, body, key: Self.bearer, headers: headers, to: gateway)
      #expect(other.status == 401)
      let reply = try await send("POST", model, body, key: key, headers: headers, to: gateway)
      #expect(reply.text.contains("IN_QUEUE"), "\(reply.text)")
      let job = try #require(await gateway.ledger.charges.first).job
      let place = "/fal-ai/bytedance/requests/\(job)"
      for word in ["IN_QUEUE", "COMPLETED"] {
        let status = try await send("GET", place + "/status", key: key, to: gateway)
        #expect(status.text.contains(word), "\(status.text)")
      }
      let result = try await send("GET", place, key: key, to: gateway)
      #expect(result.text.contains(#""width":64"#) && result.text.contains(#""seed""#))
    }
  }

  @Test("a failed job of a queue is completed, and its result is the error of the model")
  func failedQueue() async throws {
    let rule = Rule(on: .submit, Behaviour(job: JobPlan(statuses: ["failed"])))
    try await withGateway(rule, Self.small) { gateway in
      let key = "Authorization: Key \(SimulatedGateway.defaultKey)"
      _ = try await send(
        "POST", "/fal-ai/bytedance/seedream/v4/text-to-image",
        #"{"prompt":"a cat","image_size":{"width":1024,"height":1024}}"#, key: key,
        headers: "x-fal-no-retry: 1\r\nx-app-fal-disable-fallback: true\r\n", to: gateway)
      let job = try #require(await gateway.ledger.charges.first).job
      let place = "/fal-ai/bytedance/requests/\(job)"
      let status = try await send("GET", place + "/status", key: key, to: gateway)
      #expect(status.text.contains("COMPLETED") && !status.text.contains("error"))
      let result = try await send("GET", place, key: key, to: gateway)
      #expect(result.status == 500 && result.text.contains("internal_server_error"))
    }
  }

  @Test("a file is uploaded without a charge, and only its link stands for it")
  func upload() async throws {
    try await withGateway(Self.small) { gateway in
      let form =
        "--b\r\nContent-Disposition: form-data; name=\"content\"; filename=\"a.png\"\r\n"
        + "Content-Type: image/png\r\n\r\nbytes\r\n--b--\r\n"
      let type = "Content-Type: multipart/form-data; boundary=b\r\n"
      func predict(_ image: String) async throws -> Int? {
        try await send(
          "POST", "/v1/models/bytedance/seedream-4/predictions",
          #"{"input":{"prompt":"a cat","image_input":["\#(image)"]}}"#, key: Self.bearer,
          to: gateway
        ).status
      }
      #expect(try await predict(gateway.baseURL + "/v1/files/file-1") == 400)
      let reply = try await send(
        "POST", "/v1/files", form, key: Self.bearer, headers: type, to: gateway)
      #expect(reply.status == 201, "\(reply.text)")
      let start = try #require(reply.text.firstRange(of: #""get":""#)?.upperBound)
      let link = String(reply.text[start...].prefix { $0 != "\"" })
      #expect(try await predict(link) == 201)
      let large = "data:image/png;base64," + String(repeating: "AAAA", count: 400_000)
      #expect(try await predict(large) == 400)
      let ledger = await gateway.ledger
      #expect(ledger.charges.count == 1 && ledger.uploads == 1 && ledger.keyLeaks.isEmpty)
    }
  }

  @Test("a Cog server returns the image, charges a repeated request once, and has no status")
  func cog() async throws {
    try await withGateway(Self.small) { gateway in
      let body = #"{"input":{"prompt":"a cat"}}"#
      for _ in 0..<3 {
        let reply = try await send(
          "PUT", "/predictions/c-1", body, key: Self.bearer, to: gateway)
        #expect(reply.status == 200 && reply.text.contains(#""id":"c-1""#), "\(reply.text)")
        #expect(reply.text.contains(#""output":"data:image/jpeg;base64,"#))
      }
      let status = try await send("GET", "/predictions/c-1", key: Self.bearer, to: gateway)
      #expect(status.status == 405)
      let asynchronous = try await send(
        "PUT", "/predictions/c-2", body, key: Self.bearer, headers: "Prefer: respond-async\r\n",
        to: gateway)
      #expect(asynchronous.status == 400)
      #expect(await gateway.ledger.charges.map(\.service) == ["cog"])
    }
  }

  @Test("a refusal has the format of its service")
  func refusals() async throws {
    try await withGateway(Rule(on: .submit, Behaviour(refusal: .tooManyRequests))) { gateway in
      for (path, mark) in [
        ("/api/v3/images/generations", #""code""#), ("/v1/images/generations", #""param""#),
        ("/v1/predictions", #""detail""#), ("/seedream-5-lite/v1/text-to-image", #""error":"Too"#),
      ] {
        let key =
          path.hasPrefix("/seed")
          ? "Ocp-Apim-Subscription-Key: \(SimulatedGateway.defaultKey)" : Self.bearer
        let reply = try await send("POST", path, "{}", key: key, to: gateway)
        #expect(reply.status == 429 && reply.text.contains(mark), "\(path) \(reply.text)")
      }
    }
  }
}
