/// Reads the reply to a submit, which may be a stream of events.
actor StreamReading {
  private let key: APIKey
  private let onEvent: @Sendable ([UInt8]) async -> Void
  private var record: StreamRecord
  private var head: ReplyHead?
  private var isStream = false
  /// What has arrived of a reply that is not a stream, until it is complete.
  private var body: [UInt8] = []
  /// How often the record was passed on, and its last length in bytes.
  private var passed = (times: 0, bytes: 0)

  init(
    key: APIKey, firstPosition: Int, onEvent: @escaping @Sendable ([UInt8]) async -> Void
  ) {
    self.key = key
    self.onEvent = onEvent
    record = StreamRecord(firstPosition: firstPosition)
  }

  /// What came before the connection broke: the events of a stream, or JSON that is complete by itself.
  ///
  /// Nil for other replies.
  var brokenReply: Reply? {
    guard let head else { return nil }
    let reply = Reply(
      status: head.status, headers: head.headers, body: isStream ? record.bytes : body)
    return isStream || reply.isCompleteWithoutItsEnd ? reply.redacting(key) : nil
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
    self.head = head
    var beginning = EventStreamBeginning()
    var parser: EventStreamParser?
    while let part = try await next() {
      var fresh = part
      if parser == nil {
        try Self.check(body.count + part.count, limit)
        body += part
        guard beginning.take(part) == true else { continue }
        isStream = true
        parser = EventStreamParser()
        (fresh, body) = (body, [])
      }
      for event in parser?.take(fresh) ?? [] { try await keep(event, limit) }
      // An event without an end is never kept.
      try Self.check(parser?.unfinishedCount ?? 0, limit)
    }
    guard parser != nil else {
      defer { body = [] }
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
