import FoundationEssentials
import NIOHTTP1

extension GatewayState {
  /// Decides about a call after its request was read.
  ///
  /// When it returns, the charge is in the ledger.
  func take(_ call: Call) throws -> Directive {
    var directive = try decide(call)
    if case .reply(var reply) = directive.content {
      reply.body = KeyEcho.filled(reply.body, with: call.key ?? settings.key)
      directive.content = .reply(reply)
    }
    return directive
  }

  private func decide(_ call: Call) throws -> Directive {
    switch call.place {
    case .service(let service, let purpose):
      return try admitted(call, by: purpose.method, service) {
        switch purpose.endpoint {
        case .submit: try submit(call, to: service)
        case .upload: try upload(call, to: service)
        default: try poll(call, of: service, purpose)
        }
      }
    case .download:
      noteLeak(call)
      return try download(call)
    case .ledger(let lines): return plain(try ledgerReply(lines: lines))
    case .elsewhere:
      noteLeak(call)
      return plain(try Answer(404, .text, message: "Nothing is here.").reply(at: settings.now()))
    }
  }

  private func admitted(
    _ call: Call, by method: HTTPMethod, _ service: any SimulatedService,
    _ body: () throws -> Directive
  ) throws -> Directive {
    let refusal: Answer
    if call.method != method {
      refusal = Answer(405, .text, message: "The method is not allowed.")
    } else if !isAccepted(call.key) {
      refusal = .keyRefused
    } else {
      return try body()
    }
    if call.place.endpoint == .submit { ledger.refused += 1 }
    return plain(try service.shaped(refusal).reply(at: settings.now()))
  }

  private func isAccepted(_ key: String?) -> Bool {
    key == settings.key || key.map { script.otherKeys?.contains($0) ?? false } ?? false
  }

  private func noteLeak(_ call: Call) {
    let carried = call.headers.contains { $0.value.contains(settings.key) }
    // A URL that was sent with the key must be requested with it.
    let isOffered = files[Self.target(call.uri).uri] != nil
    let hasKeyField =
      call.headers.contains(name: SimulatedPixazo.keyField)
      || call.headers.contains(name: "Authorization")
    guard hasKeyField || carried || !isOffered && call.uri.contains(settings.key) else {
      return
    }
    // Only the path is recorded, not the query, which may contain the key.
    ledger.keyLeaks.append("\(call.method.rawValue) \(call.uri.prefix { $0 != "?" })")
  }

  private func plain(_ reply: Reply) -> Directive {
    Directive(behaviour: Behaviour(), content: .reply(reply), now: settings.now())
  }

  private func ledgerReply(lines: Bool) throws -> Reply {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if lines {
      let text: [UInt8] = try ledger.charges.reduce(into: []) {
        $0 += try encoder.encode($1) + [UInt8(ascii: "\n")]
      }
      return Reply(200, type: "application/jsonl", text)
    }
    return Reply(200, type: "application/json", try Array(encoder.encode(ledger)))
  }
}
