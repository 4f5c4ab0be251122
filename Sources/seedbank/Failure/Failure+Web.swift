import FilePaths
import Platform
import SeedbankWeb

extension WebServerError: Explainable {
  var explained: Failure {
    switch self {
    case .cannotListen(let host, let port, let code):
      Failure(
        .unavailable,
        "the server cannot listen on \(host), port \(port): "
          + (code.map(systemErrorText) ?? "the name is not known"),
        hint: Self.hint(code))
    }
  }

  private static func hint(_ code: Int32?) -> String {
    switch code {
    case EADDRINUSE?: "another program uses the port; `seedbank serve --port 0` takes a free one"
    case EACCES?: "use a port from 1024, such as `seedbank serve --port 8765`"
    default: "check --host: it takes a name or an address of this computer"
    }
  }
}
