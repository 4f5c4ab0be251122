public import SeedbankProviders
package import SeedbankStorage

/// What is to be done next with a generation.
package enum JobStep: Sendable, Equatable {
  case submit
  case poll(jobID: String)
  /// Download these images, which are offered and not yet in the library.
  case fetch([Offer])
  /// Take a durable step, then look at the row again.
  case record(Transition)
  /// Nothing, in this run.
  case leave(Leaving)
}

/// A wait that the planner asks for; its length is partly random.
package enum Wait: Sendable, Equatable {
  case none
  /// Before the poll with this number, counted from 0.
  case poll(Int)
  /// Before another attempt after this number of failures. At least as long as the server requests.
  case retry(Int, atLeast: Duration?)
}

/// Why a run has nothing more to do with a generation.
public enum Leaving: Sendable, Equatable {
  /// It is finished.
  case settled
  /// It was finished before this run started.
  case settledElsewhere
  /// Another process is working on it.
  case claimedElsewhere
  /// It was deleted or changed in the meantime.
  case changedElsewhere
  /// The gateway is still working on it, and the deadline of this run is over.
  case stillPending
  /// It was sent to another gateway than the one in use.
  case otherGateway
  /// It was sent with the key of another account than the one in use.
  case otherAccount
  /// The gateway says that the job succeeded, but has sent no image yet.
  case noImageYet
  /// The gateway refuses polls for it.
  case pollRefused(GatewayMessage)
  /// Another library owns it.
  case held
  /// Its images are offered and could not be downloaded yet.
  case notFetched(FetchTrouble)
  /// A reference image of the request is missing or cannot be read, so it was not sent.
  case referenceMissing(position: Int)
  /// A reference image of the request is on a remote only, so it was not sent.
  case referenceRemote(position: Int)
  /// The queue has stopped, for a reason that the report gives.
  case stopped
}
