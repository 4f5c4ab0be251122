/// The steps after which data is on the disk, in the order in which a generation takes them.
///
/// A test stops the process at each of them to show that nothing is lost.
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

/// Called for every durable step when it is done.
public typealias StepObserver = @Sendable (DurableStep) -> Void
