package import SeedbankModel
package import SeedbankProviders
package import SeedbankStorage

/// Plans the next step of a generation from its row and from the results of calls.
///
/// It has no effects and reads no clock.
package enum JobPlan {
  /// The next step for a row whose claim is held.
  ///
  /// Only a reply of the gateway makes a generation lost, never a clock.
  ///
  /// - Parameter kept: a reply that was written to a file because the catalog had no space for it.
  package static func step(
    for item: WorkItem, _ progress: JobProgress, kept: SubmitAnswer?
  ) -> JobStep {
    switch item.status {
    case .queued:
      return item.requestBody.isEmpty ? .record(.fail(.noRequest, reply: nil)) : .submit
    case .submitting:
      if let kept,
        let transition = after(kept.outcome, reply: kept.reply?.body, by: item.subject).transition
      {
        return .record(transition)
      }
      // The claim was free. So the process that marked it ended before it recorded the reply.
      return item.canRepeat ? .submit : .record(.outcomeUnknown(.interrupted, reply: nil))
    case .pending:
      // A server that repeats requests has no jobs. The request itself returns its result.
      if item.canRepeat { return .record(.repeatRequest) }
      guard let jobID = item.jobID else { return .record(ending(item, .lose(.noJob))) }
      // The first poll of a run is immediate, unless the job is new.
      return .poll(jobID: jobID)
    case .ready:
      return fetching(item, progress)
    case .held: return .leave(.held)
    case .complete, .failed, .unknown, .lost:
      return .leave(.settled)
    }
  }

  private static func fetching(_ item: WorkItem, _ progress: JobProgress) -> JobStep {
    guard let offers = item.offers else {
      guard item.jobID != nil else { return .record(ending(item, .lose(.unreadableOffer))) }
      let isPreview = item.replyBody.flatMap(Offers.read) != nil
      return .record(
        .pollAgain(reason: isPreview ? "the recorded images may be previews" : "unreadable offer"))
    }
    // Only a row shows that an image is in the library: a service can also send the text that replaces one.
    let missing = offers.images.filter { !item.storedPositions.contains($0.position) }
    let coming = missing.filter { progress[$0.position].abandoned == nil }
    let open = coming.filter { progress[$0.position].postponed == nil }
    if !open.isEmpty { return .fetch(open) }
    if let trouble = coming.lazy.compactMap({ progress[$0.position].postponed }).first {
      return .leave(.notFetched(trouble))
    }
    let given = missing.map { ($0.position, progress[$0.position].abandoned?.reason ?? "") }
    let failed = offers.faults.map { ($0.position, $0.message.description) }
    let shortfall = RecordedFailure.partial(
      given + failed, of: offers.images.count + offers.faults.count)
    if item.storedPositions.isEmpty, missing.count == offers.images.count {
      let isExpired = progress.images.values.contains { $0.abandoned?.isExpired == true }
      // For a single image, the reason is sufficient.
      let remark = given.count + failed.count == 1 ? given.first?.1 : shortfall?.message
      return .record(
        isExpired ? .lose(.expired(remark)) : .fail(.unusableImages(remark), reply: nil))
    }
    // Without the end of the stream, more images may have been generated.
    if offers.isCutOff { return .record(.outcomeUnknown(.cutOff, reply: nil)) }
    return .record(.complete(shortfall: shortfall))
  }

  /// The end of a generation.
  ///
  /// Its images in the library are kept, and it is complete except for the others.
  static func ending(_ item: WorkItem, _ transition: Transition) -> Transition {
    guard !item.storedPositions.isEmpty else { return transition }
    switch transition {
    case .fail(let failure, _, _), .lose(let failure):
      return .complete(
        shortfall: RecordedFailure(
          code: RecordedFailure.partialCode,
          message: "images are missing: \(failure.message)"))
    default: return transition
    }
  }
}

extension WorkItem {
  /// Whether its request can be sent again without a second charge.
  var canRepeat: Bool {
    ImageServices.canRepeat(requestTo: provider.endpoint ?? EncodedRequest.standardEndpoint)
  }
}

extension RecordedFailure {
  /// The error code of a group with some images in the library and others missing.
  package static let partialCode = "partial"

  /// Names the missing images of a group; nil if none is missing.
  static func partial(_ missing: [(Int, String)], of count: Int) -> RecordedFailure? {
    guard !missing.isEmpty else { return nil }
    let parts = missing.sorted { $0.0 < $1.0 }.map { position, reason in
      "image \(position) of \(count) is missing" + (reason.isEmpty ? "" : ": \(reason)")
    }
    return RecordedFailure(code: partialCode, message: parts.joined(separator: "; "))
  }

  /// A stream that ended before the service said that nothing follows.
  static let cutOff = RecordedFailure(
    code: "stream-broken",
    message:
      "the stream ended early; the images that arrived are saved, and others may have been "
      + "charged")

  static let noRequest = RecordedFailure(
    code: "no-request", message: "no request is recorded")
  static let interrupted = RecordedFailure(
    code: "interrupted",
    message: "the program ended between sending the request and recording the reply")
  static let noJob = RecordedFailure(
    code: "no-job", message: "the id of its job is not recorded")
  static let unreadableOffer = RecordedFailure(
    code: "unreadable-offer", message: "the recorded reply contains no readable image")
}
