/// Decides whether a request may be answered, before any data is read.
struct AccessPolicy: Sendable {
  let hosts: HostRule
  let token: AccessToken
  /// What the browser that the server's program starts sends in place of the token; nil if it starts none.
  private let ticket: EntryTicket?
  /// The name of the cookie contains the port, because browsers share cookies between ports.
  let cookieName: String

  init(token: AccessToken, ticket: EntryTicket? = nil, host: String, port: Int) {
    hosts = HostRule(host: host, port: port)
    self.token = token
    self.ticket = ticket
    cookieName = "seedbank-\(port)"
  }

  /// Returns the response that refuses a request or logs a browser in; nil if the request is allowed.
  ///
  /// - Parameter isOwnUser: whether the client is a program of the user who runs the server.
  func response(to head: RequestHead, isOwnUser: () -> Bool) -> Response? {
    guard let host = head["host"], hosts.allows(host) else {
      return .error(
        403,
        ErrorWords(
          code: "wrong_host", message: "this server does not answer to that host name",
          hint: "open the address that `seedbank serve` printed"))
    }
    guard Self.methods.contains(head.method) else {
      return Self.methodNotAllowed((try? Route(head.path).methods) ?? Self.methods)
    }
    if let login = login(head, isOwnUser: isOwnUser) { return login }
    guard isAuthorized(head) else { return Self.unauthorized }
    return head.method == "PATCH" || head.method == "POST" ? refusal(ofWrite: head, to: host) : nil
  }

  private static let methods = ["GET", "HEAD", "PATCH", "POST"]

  static func methodNotAllowed(_ methods: [String]) -> Response {
    var response = Response.error(
      405, ErrorWords(code: "method_not_allowed", message: "this method is not allowed here"))
    response.fields.append(("Allow", methods.joined(separator: ", ")))
    return response
  }

  private static let unauthorized = Response.error(
    401,
    ErrorWords(
      code: "unauthorized", message: "the access token is missing or wrong",
      hint: "open the address that `seedbank serve` printed"))

  /// The token or the ticket in the address becomes a cookie, so that it does not stay in the address bar.
  private func login(_ head: RequestHead, isOwnUser: () -> Bool) -> Response? {
    guard head.path == "/", head.method == "GET", let query = head.query else { return nil }
    func value(after name: String) -> Substring? {
      query.split(separator: "&").first { $0.hasPrefix(name) }?.dropFirst(name.count)
    }
    if let given = value(after: "token=") {
      return token.matches(given) ? toPage(withCookie: true) : Self.unauthorized
    }
    guard let ticket, let given = value(after: "open=") else { return nil }
    if ticket.redeem(given, isOwnUser: isOwnUser) { return toPage(withCookie: true) }
    // The browser that has used the ticket may request its address again.
    return isAuthorized(head) ? toPage(withCookie: false) : Self.unauthorized
  }

  private func toPage(withCookie: Bool) -> Response {
    var response = Response(
      status: 303, fields: [("Location", "/"), ("Cache-Control", "no-store")])
    if withCookie {
      response.fields.append(
        ("Set-Cookie", "\(cookieName)=\(token.text); HttpOnly; SameSite=Strict; Path=/"))
    }
    return response
  }

  private func isAuthorized(_ head: RequestHead) -> Bool {
    if let authorization = head["authorization"] {
      let parts = authorization.split(separator: " ", maxSplits: 1)
      // Another scheme is for a reverse proxy, which may forward its password.
      if parts.first?.lowercased() == "bearer" {
        return parts.count == 2 && token.matches(parts[1])
      }
    }
    return head.fields.contains { field in
      field.name == "cookie"
        && field.value.split(separator: ";").contains { pair in
          let pair = pair.drop { $0 == " " }
          return pair.hasPrefix(cookieName + "=")
            && token.matches(pair.dropFirst(cookieName.count + 1))
        }
    }
  }

  /// A page of another site can send a form here, but cannot set this content type or these fields.
  private func refusal(ofWrite head: RequestHead, to host: String) -> Response? {
    let type = head["content-type"]?.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
    guard type == "application/json" else {
      return .error(
        403,
        ErrorWords(
          code: "wrong_content_type", message: "a change needs the content type application/json"))
    }
    let isOwnOrigin =
      head["origin"].map { $0.lowercased() == "http://" + host.lowercased() } ?? true
    let site = head["sec-fetch-site"]
    guard isOwnOrigin, site == nil || site == "same-origin" || site == "none" else {
      return .error(
        403,
        ErrorWords(
          code: "cross_origin", message: "a change may only come from this server's own page"))
    }
    return nil
  }
}
