public import SeedbankModel

/// An event during a run.
public enum SyncEvent: Sendable, Equatable {
  case submitting(GenerationID)
  /// The gateway works on it.
  case accepted(GenerationID, jobID: String)
  /// Not finished yet, with the status word of the gateway, if it has one.
  case polled(GenerationID, status: String?)
  /// Images are offered.
  case offered(GenerationID)
  case downloading(GenerationID, position: Int)
  case stored(GenerationID, CataloguedImage)
  /// A remark that changes nothing.
  case noted(GenerationID, String)
  /// It is finished.
  case settled(GenerationID, Status, RecordedFailure?)
  /// This run leaves it unfinished.
  case left(GenerationID, Status, Leaving)
  /// Every worker waits.
  case paused(PauseReason, seconds: Double, provider: String?)
  /// The work ended early: that for one provider, or all of it.
  case stopped(StopReason, provider: String?)
  /// The number of generations that wait.
  case queued(Int)
}
