extension SubmitAnswer {
  /// Returns the answer with the positions of its images counted from `first`, also in the recorded reply.
  ///
  /// Images of an earlier attempt keep their positions. The record of a stream has its first position already.
  func counting(from first: Int) -> SubmitAnswer {
    guard first > 1, case .offered(let offers) = outcome, let reply,
      let record = StreamRecord(wholeReply: reply.body, firstPosition: first),
      var counted = Offers.read(record.bytes)
    else { return self }
    counted.jobID = offers.jobID
    counted.seed = offers.seed
    return SubmitAnswer(
      outcome: .offered(counted),
      reply: Reply(status: reply.status, headers: reply.headers, body: record.bytes))
  }
}
