import Testing

@testable import GatewaySimulator

@Suite("Connections")
struct ConnectionTests {
  @Test(
    "a swallowed reply is charged when the whole request was read",
    arguments: [
      (ConnectionFault.closeAfterHeaders, 0), (.closeAfterRequest, 1), (.resetAfterRequest, 1),
      (.cutReply, 1), (.cutHeaders, 1), (.withoutHeader, 1),
    ])
  func swallowed(fault: ConnectionFault, charges: Int) async throws {
    try await withGateway(Rule(on: .submit, Behaviour(connection: fault))) { gateway in
      let reply = try await RawClient(gateway).submit()
      #expect(!reply.complete)
      let ledger = await gateway.ledger
      #expect(ledger.charges.count == charges)
      #expect(ledger.submits == 1 && ledger.refused == 1 - charges)
      if fault == .cutReply { #expect(reply.status == 200) } else { #expect(reply.status == nil) }
    }
  }

  @Test(
    "a connection ends before it is read",
    arguments: [
      ConnectionFault.closeAtOnce, .resetAtOnce,
    ])
  func atOnce(fault: ConnectionFault) async throws {
    try await withGateway(Rule(on: .connection, nth: 1, Behaviour(connection: fault))) { gateway in
      let client = RawClient(gateway)
      let first = try await client.submit()
      #expect(first.bytes.isEmpty)
      #expect(await gateway.ledger.submits == 0)
      let second = try await client.submit()
      #expect(second.status == 200)
    }
  }

  @Test(
    "the reply with a file can be interrupted like any other",
    arguments: [
      ConnectionFault.cutHeaders, .cutReply, .closeAfterRequest, .resetAfterRequest,
    ])
  func brokenFile(fault: ConnectionFault) async throws {
    try await withGateway(Rule(on: .download, limit: 1, Behaviour(connection: fault))) { gateway in
      let client = RawClient(gateway)
      let url = try await client.offered()
      let broken = try await client.get(url)
      let whole = try await client.get(url)
      #expect(!broken.complete && whole.complete && whole.status == 200)
      #expect((broken.status == 200) == (fault == .cutReply))
    }
  }

  @Test("a stall is charged, answers nothing, and ends with the gateway", .timeLimit(.minutes(5)))
  func stall() async throws {
    let gateway = try await SimulatedGateway.start(
      script: Script([Rule(on: .submit, Behaviour(connection: .stall))]))
    async let reply = RawClient(gateway).submit()
    while await gateway.ledger.charges.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    #expect(await gateway.ledger.submitsUnderWay == 1)
    await gateway.stop()
    #expect(try await reply.bytes.isEmpty)
  }

  @Test("a connection serves several requests, and can close after a good reply")
  func keepAlive() async throws {
    let request = "GET /__ledger HTTP/1.1\r\nHost: localhost\r\n\r\n"
    let last = "GET /__ledger HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    try await withGateway { gateway in
      let reply = try await RawClient(gateway).exchange(request + request + last)
      let text = String(decoding: reply.bytes, as: UTF8.self)
      #expect(text.split(separator: "HTTP/1.1 200 OK").count == 3)
      #expect(await gateway.ledger.connections == 1)
    }
    try await withGateway(Rule(on: .submit, Behaviour(connection: .closeAfterReply))) { gateway in
      let body = #"{"prompt": "a"}"#
      let submit =
        "POST /byteplus/v1/getTextToImage HTTP/1.1\r\nOcp-Apim-Subscription-Key: simulator-key\r\n"
        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
      let reply = try await RawClient(gateway).exchange(submit)
      #expect(reply.complete && reply.header("Connection") == "keep-alive")
    }
  }

  @Test("the latency is after the charge, and hundreds of requests wait at the same time")
  func concurrency() async throws {
    try await withGateway(latency: 2) { gateway in
      let client = RawClient(gateway)
      let statuses = try await withThrowingTaskGroup(of: Int?.self) { group in
        for seed in 0..<300 { group.addTask { try await client.submit(seed: seed).status } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses.count == 300 && statuses.allSatisfy { $0 == 200 })
      let ledger = await gateway.ledger
      #expect(ledger.charges.count == 300 && ledger.paidTwice.isEmpty)
      #expect(ledger.peakSubmits > 50)
      #expect(Set(ledger.charges.map(\.job)).count == 300)
    }
  }

  @Test("a body beyond a mebibyte is not read to its end")
  func largeBody() async throws {
    try await withGateway { gateway in
      let prompt = String(repeating: "x", count: Connection.largestBody + 1)
      let reply = try await RawClient(gateway).submit(#"{"prompt": "\#(prompt)"}"#)
      #expect(reply.bytes.isEmpty)
      #expect(await gateway.ledger.charges.isEmpty)
    }
  }
}
