/// What happens to a call.
///
/// Every part is optional. By default the call succeeds.
package struct Behaviour: Codable, Equatable, Sendable {
  /// Seconds from the whole request (and its charge) to the first byte of the reply.
  package var wait: Double?
  /// What happens to the connection instead of, or after, a good reply.
  package var connection: ConnectionFault?
  /// The HTTP form of the reply.
  package var wire: WireSpelling?
  /// A named reply instead of the good one.
  package var refusal: Refusal?
  /// A described reply instead of the good one.
  ///
  /// It replaces `refusal`.
  package var answer: Answer?
  /// Whether a submit is charged.
  ///
  /// Nil: a good reply is charged, also if the connection fails; a refusal is not.
  package var charged: Bool?
  /// Seconds by which the gateway's clock is ahead (or, negative, behind) in this reply.
  package var clock: Double?
  /// The form of the reply to an accepted submit.
  package var accept: Acceptance?
  /// The course of the job of this submit, or, on a poll, its course from now on.
  package var job: JobPlan?
  /// What is changed in the image.
  package var picture: Alteration?
  /// How a file is sent.
  package var transfer: Transfer?
  /// How a stream of events is sent.
  public var stream: EventStream?

  /// Makes a behaviour; nil means the usual one.
  package init(
    wait: Double? = nil, connection: ConnectionFault? = nil, wire: WireSpelling? = nil,
    refusal: Refusal? = nil,
    answer: Answer? = nil, charged: Bool? = nil, clock: Double? = nil, accept: Acceptance? = nil,
    job: JobPlan? = nil, picture: Alteration? = nil, transfer: Transfer? = nil,
    stream: EventStream? = nil
  ) {
    self.wait = wait
    self.connection = connection
    self.wire = wire
    self.refusal = refusal
    self.answer = answer
    self.charged = charged
    self.clock = clock
    self.accept = accept
    self.job = job
    self.picture = picture
    self.transfer = transfer
    self.stream = stream
  }
}

extension Behaviour {
  /// This behaviour, with missing parts from another one.
  func completed(by other: Behaviour) -> Behaviour {
    Behaviour(
      wait: wait ?? other.wait, connection: connection ?? other.connection,
      wire: wire ?? other.wire,
      refusal: refusal ?? other.refusal, answer: answer ?? other.answer,
      charged: charged ?? other.charged, clock: clock ?? other.clock,
      accept: accept ?? other.accept, job: job ?? other.job, picture: picture ?? other.picture,
      transfer: transfer ?? other.transfer,
      stream: stream ?? other.stream)
  }
}

/// Irregular HTTP that real servers send and clients should accept.
package enum WireSpelling: String, Codable, CaseIterable, Sendable {
  /// Header lines end with LF only.
  case lineFeeds
  /// A header field continues in the next line.
  case folded
  /// Informational replies (100, 103) come first.
  case informational
  /// Both `Content-Length` and chunks. The chunks are right (RFC 9112, 6.3).
  case bothLengths
  /// The body is compressed, even if the client did not ask for it. `deflate` is the zlib format, as in
  /// RFC 9110. `rawDeflate` has the same name in the header, but is not in the zlib format.
  case gzip, deflate, rawDeflate, brotli
  /// The body is sent in pieces, ten per second for six seconds.
  case slow
}
