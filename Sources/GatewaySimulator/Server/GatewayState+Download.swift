import NIOHTTP1

extension GatewayState {
  func download(_ call: Call) throws -> Directive {
    let (uri, hop) = Self.target(call.uri)
    let file = files[uri]
    // The path without its query identifies the file. A new address leads to the same file.
    let subject = String(uri.prefix { $0 != "?" })
    var behaviour = behaviour(.download, call, subject: subject, prompt: file?.picture.prompt)
    let now = now(behaviour)
    func reply(_ reply: Reply) -> Directive {
      Directive(behaviour: behaviour, content: .reply(reply), now: now)
    }
    if let answer = behaviour.answer ?? behaviour.refusal?.answer {
      return reply(try answer.reply(at: now))
    }
    guard call.method == .GET else {
      return reply(try Answer(405, .text, message: "The method is not allowed.").reply(at: now))
    }
    guard let file, file.expires > settings.now() else {
      return reply(Self.denied(file == nil ? "SignatureDoesNotMatch" : "AccessDenied"))
    }
    if let location = Self.location(behaviour.transfer, hop: hop, uri: uri, baseURL) {
      return reply(Reply(302, type: "", [], headers: [("Location", location)]))
    }
    if hop != nil, behaviour.transfer?.fault == .redirect { behaviour.transfer?.fault = nil }
    let picture = file.picture.altered(by: behaviour.picture, salt: call.number)
    return Directive(behaviour: behaviour, content: .file(picture), now: now)
  }

  /// `/hop/2/images/…` is the file two redirects before it.
  static func target(_ uri: String) -> (uri: String, hop: Int?) {
    guard uri.hasPrefix("/hop/") else { return (uri, nil) }
    let rest = uri.dropFirst(5)
    guard let slash = rest.firstIndex(of: "/"), let hop = Int(rest[..<slash]) else {
      return (uri, nil)
    }
    return (String(rest[slash...]), hop)
  }

  private static func location(_ transfer: Transfer?, hop: Int?, uri: String, _ base: String)
    -> String?
  {
    if let hop { return hop > 0 ? "\(base)/hop/\(hop - 1)\(uri)" : nil }
    switch transfer?.fault {
    case .redirect: return "\(base)/hop/\(max((transfer?.hops ?? 1) - 1, 0))\(uri)"
    case .redirectLoop: return base + uri
    case .redirectToFile: return "file:///etc/hostname"
    default: return nil
    }
  }

  /// Refusals of object stores.
  private static func denied(_ code: String) -> Reply {
    let text = "<?xml version=\"1.0\"?><Error><Code>\(code)</Code></Error>"
    return Reply(403, type: "application/xml", Array(text.utf8))
  }
}
