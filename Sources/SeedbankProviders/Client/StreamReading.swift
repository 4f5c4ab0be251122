/// Reads the reply to a submit, which may be a stream of events.
actor StreamReading {
  private let key: APIKey
  private let onEvent: @Sendable ([UInt8]) async -> Void
  private var record: StreamRecord
  /// Nil unless the reply is a stream.
  private var head: ReplyHead?
  /// How often the record was passed on, and its last length in bytes.
  private var passed = (times: 0, bytes: 0)

  init(
    key: APIKey, firstPosition: Int, onEvent: @escaping @Sendable ([UInt8]) async -> Void
  ) {
    self.key = key
    self.onEvent = onEvent
    record = StreamRecord(firstPosition: firstPosition)
  }

  /// The events that came before the connection broke; nil if the reply was not a stream.
  var brokenReply: Reply? {
    head.map { Reply(status: $0.status, headers: $0.headers, body: record.bytes).redacting(key) }
  }

  /// Reads to the end.
  ///
  /// Whether the reply is JSON or a stream is decided by the first bytes of its body, which may arrive one by
  /// one.
  ///
  /// - Parameter next: returns the next part of the body; nil at its end.
  func read(
    _ head: ReplyHead, limit: Int, next: @Sendable () async throws -> [UInt8]?
  ) async throws -> Reply {
    var body: [UInt8] = []
    var beginning = EventStreamBeginning()
    var parser: EventStreamParser?
    while let part = try await next() {
      var fresh = part
      if parser == nil {
        body += part
        try Self.check(body.count, limit)
        guard beginning.take(part) == true else { continue }
        self.head = head
        parser = EventStreamParser()
        (fresh, body) = (body, [])
      }
      for event in parser?.take(fresh) ?? [] { try await keep(event, limit) }
      // An event without an end is never kept.
      try Self.check(parser?.unfinishedCount ?? 0, limit)
    }
    guard parser != nil else {
      return Reply(status: head.status, headers: head.headers, body: body)
    }
    if let last = parser?.finish() { try await keep(last, limit) }
    return Reply(status: head.status, headers: head.headers, body: record.bytes)
  }

  /// More results than any service has images in one reply.
  private static let promptTimes = 100

  private static func check(_ count: Int, _ limit: Int) throws(ExchangeFailure) {
    guard count <= limit else {
      throw ExchangeFailure(isSent: true, cause: .tooLarge(limit: limit))
    }
  }

  /// The record is passed on before the next event is read, if this one has a result.
  ///
  /// This takes as long as the record is large. So other events, such as those that keep a connection open,
  /// wait for the next result. After many results, the record must grow by a quarter first.
  private func keep(_ event: EventStreamParser.Event, _ limit: Int) async throws {
    let hasResult = record.append(event)
    let count = record.bytes.count
    try Self.check(count, limit)
    guard hasResult, passed.times < Self.promptTimes || count >= passed.bytes + passed.bytes / 4
    else { return }
    passed = (passed.times + 1, count)
    await onEvent(
      Reply(status: head?.status ?? 200, body: record.bytes).redacting(key).body)
  }
}
