import NIOHTTP1

/// A request for the gateway's state.
struct Call: Sendable {
  var method: HTTPMethod
  /// The target, byte for byte.
  var uri: String
  var headers: HTTPHeaders
  var body: [UInt8]
  var place: Place
  /// Its number at its endpoint, from 1; 0 if there is none.
  var number: Int

  /// The key, where the service that is called expects it.
  var key: String? {
    if case .service(let service, _) = place { service.key(in: headers) } else { nil }
  }
}

/// Where a request goes.
enum Place: Sendable {
  case service(any SimulatedService, Purpose)
  case download
  case ledger(lines: Bool)
  case elsewhere

  init(_ method: HTTPMethod, _ uri: String) {
    let path = uri.prefix { $0 != "?" }
    if path == "/__ledger" {
      self = .ledger(lines: uri.hasSuffix("?jsonl"))
    } else if path.hasPrefix("/images/") || path.hasPrefix("/hop/") {
      self = .download
    } else {
      let names = path.split(separator: "/")
      let found = SimulatedServices.all.lazy.compactMap { service in
        service.purpose(method, names).map { Place.service(service, $0) }
      }
      self = found.first ?? .elsewhere
    }
  }

  var endpoint: Endpoint? {
    switch self {
    case .service(_, let purpose): purpose.endpoint
    case .download: .download
    case .ledger, .elsewhere: nil
    }
  }
}

/// What happens to a call.
struct Directive: Sendable {
  enum Content: Sendable {
    case reply(Reply)
    case offer(Offer)
    case file(Picture)
  }

  var behaviour: Behaviour
  var content: Content
  /// Seconds since 1970 on the gateway's clock, for `Date`.
  var now: Double
}
