package import SeedbankModel

/// One durable step in a generation's life, with what it brings along.
///
///     queued → submitting → (pending →) ready → complete
///                  ↓            ↓         ↓
///          queued, unknown,   failed,   failed, lost,
///          failed             lost,     pending
///                             complete
///
/// On request: unknown → queued, and lost or incomplete → ready. If the reply to an unknown request arrives after
/// all: unknown → pending or ready. If the service has no jobs after all: pending → queued.
package enum Transition: Sendable, Hashable {
  /// About to be sent to the gateway at this base URL, with a key of this account.
  ///
  /// It is recorded before a byte is sent.
  case submit(to: String, account: String? = nil)
  /// Certainly not sent, or refused without a charge: it is queued again.
  case notSubmitted(reason: String)
  /// The gateway accepted the request and returned the id of a job.
  case accepted(jobID: String, reply: [UInt8])
  /// Images are offered in the submit's reply.
  case offered(reply: [UInt8], jobID: String?, usage: String?)
  /// Images are offered in a poll's reply.
  case offeredByPoll(reply: [UInt8], usage: String?)
  /// The offer expired, but the job can be polled again.
  case pollAgain(reason: String)
  /// All images that arrived are in the library.
  ///
  /// With a `shortfall`, images of a group are missing, and are downloaded only if a person asks
  /// for it.
  case complete(shortfall: RecordedFailure?)
  /// A definite no; the request may be charged all the same.
  case fail(RecordedFailure, reply: [UInt8]?, mayBeCharged: Bool = false)
  /// Sent, but the outcome is unknown.
  case outcomeUnknown(RecordedFailure, reply: [UInt8]?)
  /// The images are no longer available.
  case lose(RecordedFailure)
  /// A person asks to send a request with an unknown outcome again, which may be paid for twice.
  case sendAgain
  /// The service has no jobs after all and charges nothing for a repetition: the request is queued again.
  case repeatRequest
  /// A person asks to download lost images again, which charges nothing.
  case fetchAgain

  /// The status that it leads to.
  package var target: Status {
    switch self {
    case .submit: .submitting
    case .notSubmitted, .sendAgain, .repeatRequest: .queued
    case .accepted, .pollAgain: .pending
    case .offered, .offeredByPoll, .fetchAgain: .ready
    case .complete: .complete
    case .fail: .failed
    case .outcomeUnknown: .unknown
    case .lose: .lost
    }
  }

  /// The statuses that it may follow.
  package var sources: Set<Status> {
    switch self {
    case .submit: [.queued]
    case .notSubmitted: [.submitting]
    // A reply that was paid for is recorded, although somebody has given it up meanwhile.
    case .accepted, .offered: [.submitting, .unknown]
    // A stream that ended early may have been charged for more images than arrived.
    case .outcomeUnknown: [.submitting, .ready]
    case .offeredByPoll: [.pending]
    case .pollAgain: [.ready]
    // A job may end while some images of an earlier offer are in the library.
    case .complete: [.ready, .pending]
    case .fail: [.queued, .submitting, .pending, .ready]
    case .lose: [.pending, .ready]
    case .sendAgain: [.unknown]
    case .repeatRequest: [.pending]
    case .fetchAgain: [.lost, .complete]
    }
  }

  /// Whether the gateway will be called again, which only the owner may do.
  ///
  /// The result of a request is always recorded, because it exists nowhere else.
  var needsOwner: Bool {
    switch self {
    case .submit, .sendAgain, .repeatRequest, .fetchAgain: true
    case .notSubmitted, .accepted, .offered, .offeredByPoll, .pollAgain, .complete, .fail,
      .outcomeUnknown, .lose:
      false
    }
  }

  /// Whether a request is sent, or will be.
  ///
  /// This is refused for generations in the trash.
  var sendsRequest: Bool {
    switch self {
    case .submit, .sendAgain, .repeatRequest: true
    case .notSubmitted, .accepted, .offered, .offeredByPoll, .pollAgain, .complete, .fail,
      .outcomeUnknown, .lose, .fetchAgain:
      false
    }
  }

  /// Whether it is the result of a request that is charged, or may be.
  package var mayBePaidFor: Bool {
    switch self {
    case .accepted, .offered, .outcomeUnknown: true
    case .submit, .notSubmitted, .offeredByPoll, .pollAgain, .complete, .fail, .lose, .sendAgain,
      .repeatRequest, .fetchAgain:
      false
    }
  }

  /// Its name on the timeline.
  var event: String {
    switch self {
    case .notSubmitted: "not submitted"
    case .sendAgain, .repeatRequest: "queued again"
    case .pollAgain: "polling again"
    case .fetchAgain: "fetching again"
    default: target.rawValue
    }
  }

  /// Its remark on the timeline.
  var remark: String? {
    switch self {
    case .notSubmitted(let reason), .pollAgain(let reason): reason
    case .accepted(let jobID, _): "job \(jobID)"
    case .complete(let shortfall): shortfall?.message
    case .fail(let failure, _, _), .outcomeUnknown(let failure, _), .lose(let failure):
      "\(failure.code): \(failure.message)"
    case .submit, .offered, .offeredByPoll, .sendAgain, .repeatRequest, .fetchAgain: nil
    }
  }

  /// The durable step that it is, for tests that stop the process there.
  var step: DurableStep {
    switch self {
    case .submit: .submitMarked
    case .accepted: .jobRecorded
    case .offered, .offeredByPoll: .replyRecorded
    case .complete: .completed
    case .fail, .outcomeUnknown, .lose, .notSubmitted, .pollAgain, .sendAgain, .repeatRequest,
      .fetchAgain:
      .failureRecorded
    }
  }
}
