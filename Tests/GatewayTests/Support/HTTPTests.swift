import Testing

/// All tests that open connections: one after the other, since a busy machine has few processors
/// and each test brings a server and a client of its own.
///
/// The time limit only ends a test that hangs.
@Suite("HTTP", .serialized, .timeLimit(.minutes(10)))
enum HTTPTests {}
