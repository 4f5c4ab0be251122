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

  var key: String? { headers.first(name: "Ocp-Apim-Subscription-Key") }
}

/// Where a request goes.
enum Place: Sendable {
  case endpoint(Endpoint)
  case ledger(lines: Bool)
  case elsewhere

  init(_ uri: String) {
    let path = uri.prefix { $0 != "?" }
    switch path {
    case "/byteplus/v1/getTextToImage": self = .endpoint(.submit)
    case "/ai-model-api-polling/getGenerationResults": self = .endpoint(.poll)
    case "/__ledger": self = .ledger(lines: uri.hasSuffix("?jsonl"))
    default:
      let isFile = path.hasPrefix("/images/") || path.hasPrefix("/hop/")
      self = isFile ? .endpoint(.download) : .elsewhere
    }
  }

  var endpoint: Endpoint? { if case .endpoint(let endpoint) = self { endpoint } else { nil } }
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
