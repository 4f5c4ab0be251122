package import SeedbankModel

/// One durable step in a generation's life, with what it brings along.
///
///     queued → submitting → (pending →) ready → complete
///                  ↓            ↓         ↓
///          queued, unknown,   failed,   failed, lost,
///          failed             lost,     pending
///                             complete
///
/// On request: unknown → queued, and lost or incomplete → ready.
package enum Transition: Sendable, Hashable {
  /// About to be sent to the gateway at this base URL, with a key of this account: recorded before a
  /// byte leaves.
  case submit(to: String, account: String? = nil)
  /// Certainly not sent, or turned away without a charge: it waits again.
  case notSubmitted(reason: String)
  /// The gateway took it and named a job.
  case accepted(jobID: String, reply: [UInt8])
  /// Images are offered in the submit's reply.
  case offered(reply: [UInt8], jobID: String?, usage: String?)
  /// Images are offered in a poll's reply.
  case offeredByPoll(reply: [UInt8], usage: String?)
  /// The offer ran out, but the job can be asked again.
  case pollAgain(reason: String)
  /// Every image that was offered is in the library. With a `shortfall`, some of a group are not, and
  /// nothing can bring them without a person's word.
  case complete(shortfall: RecordedFailure?)
  /// A definite no; the request may be charged all the same.
  case fail(RecordedFailure, reply: [UInt8]?, mayBeCharged: Bool = false)
  /// Sent, but the outcome is unknown.
  case loseTrack(RecordedFailure, reply: [UInt8]?)
  /// The offer expired and nothing can bring it back.
  case lose(RecordedFailure)
  /// A person asks to send an unknown one again, knowing that it may be paid twice.
  case sendAgain
  /// A person asks to fetch images again that were given up. It charges nothing.
  case fetchAgain

  /// The status that it leads to.
  package var target: Status {
    switch self {
    case .submit: .submitting
    case .notSubmitted, .sendAgain: .queued
    case .accepted, .pollAgain: .pending
    case .offered, .offeredByPoll, .fetchAgain: .ready
    case .complete: .complete
    case .fail: .failed
    case .loseTrack: .unknown
    case .lose: .lost
    }
  }

  /// The statuses that it may follow.
  package var sources: Set<Status> {
    switch self {
    case .submit: [.queued]
    case .notSubmitted, .accepted, .offered: [.submitting]
    // A stream that broke off may have been charged for more than it brought.
    case .loseTrack: [.submitting, .ready]
    case .offeredByPoll: [.pending]
    case .pollAgain: [.ready]
    // A job may end while some images of an earlier offer are in the library.
    case .complete: [.ready, .pending]
    case .fail: [.queued, .submitting, .pending, .ready]
    case .lose: [.pending, .ready]
    case .sendAgain: [.unknown]
    case .fetchAgain: [.lost, .complete]
    }
  }

  /// Whether the gateway will be asked for more, which only the owner may do.
  ///
  /// What came of a request is always recorded: it exists nowhere else.
  var needsOwner: Bool {
    switch self {
    case .submit, .sendAgain, .fetchAgain: true
    case .notSubmitted, .accepted, .offered, .offeredByPoll, .pollAgain, .complete, .fail,
      .loseTrack, .lose:
      false
    }
  }

  /// Its name on the timeline.
  var event: String {
    switch self {
    case .notSubmitted: "not submitted"
    case .sendAgain: "queued again"
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
    case .fail(let failure, _, _), .loseTrack(let failure, _), .lose(let failure):
      "\(failure.code): \(failure.message)"
    case .submit, .offered, .offeredByPoll, .sendAgain, .fetchAgain: nil
    }
  }

  /// The durable step that it is, for tests that stop the process there.
  var step: DurableStep {
    switch self {
    case .submit: .submitMarked
    case .accepted: .jobRecorded
    case .offered, .offeredByPoll: .replyRecorded
    case .complete: .completed
    case .fail, .loseTrack, .lose, .notSubmitted, .pollAgain, .sendAgain, .fetchAgain:
      .failureRecorded
    }
  }
}
