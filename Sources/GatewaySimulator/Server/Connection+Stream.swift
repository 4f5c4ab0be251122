import NIOCore

extension Connection {
  /// Sends images as events, one after the other, as a script wants it.
  func stream(
    _ offer: Offer, _ directive: Directive, keepAlive: Bool, _ parts: inout Parts
  ) async throws -> Outcome {
    let plan = directive.behaviour.stream ?? EventStream()
    // The end of the connection is the end of a stream that breaks.
    try await write(
      Wire.header(
        200, [("Content-Type", "text/event-stream")], .chunked, now: directive.now,
        keepAlive: keepAlive && plan.events == nil))
    let events = try offer.events(from: cache)
    for event in events.prefix(plan.events ?? events.count) {
      if let pause = plan.pause { try await Task.sleep(for: .seconds(pause)) }
      try await write(Wire.chunk(event[...]))
    }
    guard plan.events != nil else {
      try await write(Wire.lastChunk)
      return Outcome(status: 200, keepAlive: keepAlive)
    }
    switch plan.end ?? .close {
    case .close: break
    case .reset: try await armReset()
    case .stall: try await outlast(&parts)
    case .error:
      try await write(Wire.chunk(Offer.errorEvent[...]))
      try await write(Wire.lastChunk)
    case .done: try await write(Wire.lastChunk)
    }
    return Outcome(status: 200)
  }
}
