import SeedbankWeb

extension WebServerError: Explainable {
  var explained: Failure {
    switch self {
    case .cannotListen(let host, let port, let reason):
      Failure(
        .unavailable, "the server cannot listen on \(host), port \(port): \(reason)",
        hint: "another program probably uses the port; `seedbank serve --port 0` takes a free one")
    }
  }
}
