import SeedbankModel

extension Leaving {
  /// Why a run left a generation unfinished, as a clause.
  package var sentence: String {
    switch self {
    case .settled, .settledElsewhere: "it is finished"
    case .claimedElsewhere: "another process is working on it"
    case .changedElsewhere: "it was changed or deleted meanwhile"
    case .stillPending: "its job is still running"
    case .otherGateway: "it was sent to a different address than the one in use"
    case .otherAccount:
      "it was sent with another account's key, and the key in use cannot see its job"
    case .noImageYet: "the job succeeded, but no image has arrived yet"
    case .pollRefused(let message): "the request for its status was refused: \(message)"
    case .notFetched(let trouble): trouble.summary
    case .held: "it is owned by another library, which may be a copy of this one"
    case .referenceMissing(let position):
      "reference image \(position) is missing or cannot be read"
    case .referenceRemote(let position): "reference image \(position) is on a remote only"
    case .stopped: "the run has stopped"
    }
  }

  /// The code of the reason in the report; nil if the report has the reason elsewhere.
  private var code: String? {
    switch self {
    case .settled, .settledElsewhere, .claimedElsewhere, .changedElsewhere, .stopped: nil
    case .stillPending: "pending"
    case .otherGateway: "other-gateway"
    case .otherAccount: "other-account"
    case .noImageYet: "no-image-yet"
    case .pollRefused: "poll-refused"
    case .notFetched: "not-fetched"
    case .held: "held"
    case .referenceMissing: "reference-missing"
    case .referenceRemote: "reference-remote"
    }
  }

  /// The reason in the report; nil if the report has it elsewhere.
  var reason: RecordedFailure? { code.map { RecordedFailure(code: $0, message: sentence) } }
}
