import Testing

/// All tests that open connections.
///
/// They run one after the other, because each has a server and a client, and a busy machine has few
/// processors. The time limit only ends a test that hangs.
@Suite("HTTP", .serialized, .timeLimit(.minutes(10)))
enum HTTPTests {}
