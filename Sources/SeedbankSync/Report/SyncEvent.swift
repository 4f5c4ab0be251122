public import SeedbankModel

/// What happens during a run, as it happens.
public enum SyncEvent: Sendable, Equatable {
  case submitting(GenerationID)
  /// The gateway works on it.
  case accepted(GenerationID, jobID: String)
  /// Not done yet, in the gateway's own word where it has one.
  case polled(GenerationID, status: String?)
  /// Images are offered.
  case offered(GenerationID)
  case downloading(GenerationID, position: Int)
  case stored(GenerationID, CataloguedImage)
  /// A word about it that changes nothing.
  case noted(GenerationID, String)
  /// It has come to its end.
  case settled(GenerationID, Status, RecordedFailure?)
  /// This run has done with it before its end.
  case left(GenerationID, Status, Leaving)
  /// Every worker waits.
  case paused(PauseReason, seconds: Double)
  case stopped(StopReason)
  /// How many generations are waiting to be taken up.
  case queued(Int)
}
