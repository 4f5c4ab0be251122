import Testing

@testable import SeedbankProviders

@Suite("The summary of a connection's fault")
struct ConnectionFaultTests {
  @Test(
    "the summary of a fault names the server, or refers to a server that is named already",
    arguments: [
      (.notResolved, "its name could not be resolved", "the name of X could not be resolved"),
      (.noRoute, "it cannot be reached over the network", "X cannot be reached over the network"),
      (
        .certificate(.expired), "its certificate was rejected: it has expired",
        "the certificate of X was rejected: it has expired"
      ),
      (
        .proxyRefused(status: 403), "the proxy did not connect to it (403)",
        "the proxy did not connect to X (403)"
      ),
      (
        .proxyRefused(status: nil), "the proxy did not connect to it",
        "the proxy did not connect to X"
      ),
    ] as [(ConnectionFault, String, String)])
  func subject(_ fault: ConnectionFault, _ referring: String, _ naming: String) {
    #expect(fault.summary() == referring)
    #expect(fault.summary(of: "X") == naming)
  }

  @Test("a proxy that asks for a password is described in the same way in records and errors")
  func proxyPassword() {
    let fault = ConnectionFault.proxyRefused(status: 407)
    #expect(fault.summary() == "the proxy asks for a user name and a password (407)")
    #expect(fault.summary(of: "X") == fault.summary())
  }
}
