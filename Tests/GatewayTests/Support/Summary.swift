import Foundation

@testable import SeedbankProviders

/// Writes an outcome in one line, in the form of the fixture files.
enum Summary {
  static func of(_ outcome: SubmitOutcome) -> String {
    switch outcome {
    case .offered(let offers): of(offers)
    case .accepted(let jobID): "accepted \(jobID)"
    case .refused(let refusal): of(refusal)
    case .notSubmitted(let reason):
      line("\(reason.reason) after=\(seconds(reason.retryAfter) ?? "-")", reason.message)
    case .quotaExhausted(let notice): of(notice)
    case .keyRefused(let refusal): line("key \(refusal.kind)", refusal.message)
    case .unknown(let unknown): line("unknown \(flat(unknown.reason))", unknown.message)
    case .intercepted(let reply):
      line(
        "intercepted \(reply.status)" + (reply.mayBeCharged ? " charged?" : "")
          + (seconds(reply.retryAfter).map { " after=\($0)" } ?? ""), reply.message)
    }
  }

  static func of(_ outcome: PollOutcome) -> String {
    switch outcome {
    case .pending(let status): "pending " + (status.map { "\($0.phase) \($0)" } ?? "-")
    case .offered(let offers): of(offers)
    case .incomplete(let status, let offers): "incomplete \(status?.word ?? "-"), " + of(offers)
    case .failed(let failure):
      line(
        "failed \(failure.isModeration ? "moderation " : "")\(failure.status?.word ?? "-")"
          + (failure.mayBeCharged ? " charged?" : ""), failure.message)
    case .succeededWithoutImages: "succeeded without images"
    case .notFound(let message): line("not found", message)
    case .throttled(let pause): "throttled after=\(seconds(pause) ?? "-")"
    case .retryLater(.statedFault(let message), _): line("later statedFault", message)
    case .retryLater(let trouble, let pause):
      "later \(flat(trouble))" + (seconds(pause).map { " after=\($0)" } ?? "")
    case .refused(let refusal): of(refusal)
    case .quotaExhausted(let notice): of(notice)
    case .keyRefused(let refusal): line("key \(refusal.kind)", refusal.message)
    }
  }

  private static func of(_ refusal: Refusal) -> String {
    line("refused \(flat(refusal.kind))", refusal.message)
  }

  private static func of(_ notice: QuotaNotice) -> String {
    let until = notice.until.map { Int($0.timeIntervalSince(ReplyFixture.arrival)) }
    return line("quota" + (until.map { " until=+\($0)" } ?? ""), notice.message)
  }

  private static func of(_ offers: Offers) -> String {
    var words = ["offered"]
    for (index, offer) in offers.images.enumerated() {
      let number = offer.position == index + 1 ? "" : "\(offer.position):"
      switch offer.source {
      case .link(let link): words.append("\(number)link(\(link.url))")
      case .inline(let image):
        words.append("\(number)inline(\((try? image.decoded())?.count ?? -1) bytes)")
      case .stored(let name): words.append("\(number)stored(\(name))")
      }
      if let size = offer.size { words.append(size) }
    }
    for blank in offers.blanks { words.append("blank(\(blank))") }
    for fault in offers.faults { words.append("fault(\(fault.position): \(fault.message))") }
    if let job = offers.jobID { words.append("job=\(job)") }
    if let created = offers.created {
      words.append("created=\(Int(created.timeIntervalSince1970))")
    }
    if let model = offers.model { words.append("model=\(model)") }
    if let tokens = offers.usage?.totalTokens { words.append("tokens=\(tokens)") }
    if let seed = offers.seed { words.append("seed=\(seed)") }
    if offers.isCutOff { words.append("cut off") }
    return words.joined(separator: " ")
  }

  /// Returns the name of an enum's case with its values and without their labels.
  private static func flat(_ value: some Any) -> String {
    let text = "\(value)"
    guard let open = text.firstIndex(of: "("), let colon = text[open...].firstIndex(of: ":") else {
      return text
    }
    return String(text[...open]) + text[text.index(colon, offsetBy: 2)...]
  }

  private static func line(_ head: String, _ message: GatewayMessage) -> String {
    message == .none ? head : "\(head) \(message)"
  }

  private static func seconds(_ duration: Duration?) -> String? {
    duration.map { "\(Double($0.components.seconds) + Double($0.components.attoseconds) / 1e18)" }
  }
}
