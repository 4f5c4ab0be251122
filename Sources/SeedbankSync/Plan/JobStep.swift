public import SeedbankProviders
public import SeedbankStorage

/// What is to be done next with a generation.
public enum JobStep: Sendable, Equatable {
  case submit
  case poll(jobID: String)
  /// Fetch these images, which are offered and not yet in the library.
  case fetch([Offer])
  /// Take a durable step, then look at the row again.
  case record(Transition)
  /// Nothing, in this run.
  case leave(Leaving)
}

/// A wait that the planner asks for; its length is partly random.
public enum Wait: Sendable, Equatable {
  case none
  /// Before the poll with this number, counted from 0.
  case poll(Int)
  /// Before another try after this many failures, at least as long as the server asks for.
  case retry(Int, atLeast: Duration?)
}

/// Why a run has nothing more to do with a generation.
public enum Leaving: Sendable, Equatable {
  /// It has come to its end.
  case settled
  /// It had come to its end before this run looked at it.
  case settledElsewhere
  /// Another process works on it.
  case claimedElsewhere
  /// It was deleted meanwhile, or somebody else changed its state.
  case changedElsewhere
  /// The gateway still works on it, and this run's patience is over.
  case stillPending
  /// It was sent to another gateway than the one in force, which knows nothing of it.
  case otherGateway
  /// It was sent with a key of another account than the one in use, which knows nothing of it.
  case otherAccount
  /// The gateway says that the job succeeded, but has sent no image yet.
  case noImageYet
  /// The gateway refuses to be polled for it.
  case pollRefused(GatewayMessage)
  /// Another library owns it.
  case held
  /// Its images are offered and could not be fetched yet.
  case notFetched(FetchTrouble)
  /// A reference image of the request is missing or cannot be read, so it was not sent.
  case referenceMissing(position: Int)
  /// The queue has stopped, for a reason that the report gives.
  case stopped
}
