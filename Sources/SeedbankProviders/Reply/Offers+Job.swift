import SeedbankModel

extension Offers {
  /// Reads the images of a recorded reply about a job.
  ///
  /// - Parameter isFromPoll: Whether the reply answered a poll.
  /// - Returns: Nil for a body without an image, and for one whose images may be previews of those that the job
  ///   brings.
  package static func readResult(ofJob body: [UInt8], isFromPoll: Bool) -> Offers? {
    guard let root = try? JSONDocument(body).root else { return nil }
    let offers = Offers(root)
    let isOpen =
      isFromPoll
      ? JobStatus.read(from: root)?.phase == .inFlight : offers.onlyNameJob(in: root)
    return offers.images.isEmpty || isOpen ? nil : offers
  }

  /// Whether the reply to a submit, which has an id, only accepts a job.
  ///
  /// Its images may be previews if the status means "running" or is not known, and its `url` may be the address
  /// of the job.
  func onlyNameJob(in root: JSONView) -> Bool {
    guard jobID != nil else { return false }
    let phase = JobStatus.read(from: root)?.phase
    if phase == .inFlight { return true }
    guard !StatedFailure.isStated(in: root) else { return false }
    return phase == .unrecognized && !images.isEmpty || isAmbiguous && phase != .done
  }
}
