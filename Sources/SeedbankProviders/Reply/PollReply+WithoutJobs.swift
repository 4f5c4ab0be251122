import FoundationEssentials

extension PollReply {
  /// Returns the meaning of a reply to a poll of a service without jobs, which only shows whether the service
  /// answers.
  ///
  /// The service itself refuses such a call, because it has no such path, or not for this method. A page of
  /// a proxy, a status from 500 on, or no reply show that something else answered.
  static func readWithoutJobs(_ reply: Reply, at now: Date) -> PollReading {
    let outcome = read(reply, at: now)
    switch outcome {
    // Such a poll has no job, so no pause is needed: it only asks whether the service answers.
    case .throttled(let pause) where ReplyContent(reply.body).isPage:
      return .outcome(.retryLater(.intercepted(status: reply.status), retryAfter: pause))
    case .throttled, .quotaExhausted, .keyRefused: return .outcome(outcome)
    case .retryLater where !refusesCall(reply): return .outcome(outcome)
    case .retryLater, .pending, .offered, .incomplete, .failed, .succeededWithoutImages, .notFound,
      .refused:
      return .outcome(.notFound(.none))
    }
  }

  /// Whether a server that runs the service refuses the call.
  ///
  /// Frameworks of local servers write such refusals as JSON or as plain text. Only the server of the path knows
  /// that the method is wrong (405), so its reply may also be HTML.
  private static func refusesCall(_ reply: Reply) -> Bool {
    switch reply.status {
    case 404, 410: !ReplyContent.isMarkup(reply.body)
    case 405: true
    default: false
    }
  }
}
