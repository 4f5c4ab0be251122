/// What happens to a call. Every part is optional; what is not named happens as on a good day.
public struct Behaviour: Codable, Equatable, Sendable {
  /// Seconds from the whole request (and its charge) to the first byte of the reply.
  public var wait: Double?
  /// What happens to the connection in place of, or after, a proper reply.
  public var connection: ConnectionFault?
  /// How the reply's HTTP is written.
  public var wire: WireSpelling?
  /// A reply known by name, in place of the good one.
  public var refusal: Refusal?
  /// A reply spelt out, in place of the good one; stronger than `refusal`.
  public var answer: Answer?
  /// Whether a submit is charged; nil leaves it to the behaviour: a good reply, and one that the
  /// connection swallowed, is charged, a refusal is not.
  public var charged: Bool?
  /// Seconds by which the gateway's clock is ahead (or, negative, behind) in this reply.
  public var clock: Double?
  /// How an accepted submit is answered.
  public var accept: Acceptance?
  /// How the job goes that this submit starts (or, on a poll, how it is told from now on).
  public var job: JobPlan?
  /// What is changed in the image.
  public var picture: Alteration?
  /// How a file is sent.
  public var transfer: Transfer?

  /// Makes a behaviour; nil means the usual one.
  public init(
    wait: Double? = nil, connection: ConnectionFault? = nil, wire: WireSpelling? = nil,
    refusal: Refusal? = nil,
    answer: Answer? = nil, charged: Bool? = nil, clock: Double? = nil, accept: Acceptance? = nil,
    job: JobPlan? = nil, picture: Alteration? = nil, transfer: Transfer? = nil
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
  }
}

extension Behaviour {
  /// This behaviour, with what it does not name taken from another.
  func completed(by other: Behaviour) -> Behaviour {
    Behaviour(
      wait: wait ?? other.wait, connection: connection ?? other.connection,
      wire: wire ?? other.wire,
      refusal: refusal ?? other.refusal, answer: answer ?? other.answer,
      charged: charged ?? other.charged, clock: clock ?? other.clock,
      accept: accept ?? other.accept, job: job ?? other.job, picture: picture ?? other.picture,
      transfer: transfer ?? other.transfer)
  }
}

/// HTTP that real servers send and tolerant clients read.
public enum WireSpelling: String, Codable, CaseIterable, Sendable {
  /// Lines of the header end with a line feed alone.
  case lineFeeds
  /// A header field goes on in the next line.
  case folded
  /// Informational replies (100, 103) come first.
  case informational
  /// Both `Content-Length` and chunks: the chunks hold (RFC 9112, 6.3).
  case bothLengths
  /// The body is compressed, whether the client asked for that or not. `deflate` is the zlib format, as
  /// RFC 9110 has it; `rawDeflate` has the same name in the header and lacks the zlib format's frame.
  case gzip, deflate, rawDeflate, brotli
  /// The body comes in pieces, ten a second for six seconds.
  case slow
}
