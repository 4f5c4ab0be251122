/// The moments after which something is on disk for good, in the order in which a generation meets
/// them; a test stops the process at each to show that nothing is lost there.
public enum DurableStep: String, Sendable, CaseIterable {
  case requestRecorded
  case submitMarked
  case jobRecorded
  case replyRecorded
  case downloadBegun
  case bytesSynced
  case fileRenamed
  case folderSynced
  case imageRecorded
  case replyReplaced
  case verdictRecorded
  case completed
  case failureRecorded
  case trashRowsRemoved
}

/// Told of every durable step as it is done.
public typealias StepObserver = @Sendable (DurableStep) -> Void
