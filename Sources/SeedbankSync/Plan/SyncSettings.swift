public import SeedbankImaging
public import SeedbankModel
public import SeedbankProviders
public import SeedbankStorage

/// How eager and how patient a sync is.
public struct SyncSettings: Sendable, Equatable {
  /// Generations at work at a time; at least 1.
  public var jobs = 4
  /// Jobs that may be under way at the gateway beside those from their first poll on. nil means as
  /// many as `jobs`, so that a gateway that answers with jobs has at most twice as many to do.
  public var pollingJobs: Int?
  /// Jobs that may be under way beside those too, once each has waited `placePatience`: slow ones do
  /// not hold up the queue.
  public var waitingJobs = 256
  /// How long the gateway may work on a job before it counts as slow.
  public var placePatience: Duration = .seconds(60)
  /// How long one run waits for a job before it leaves it pending.
  public var patience: Duration = .seconds(600)
  /// How long the gateway may say that it knows no such job, or that it succeeded without an image,
  /// before that is believed: the job or its images may not be there yet.
  public var grace: Duration = .seconds(30)
  /// How long a server may refuse the link of an image (400, 403, 404, 410) before it is believed.
  public var imageGrace: Duration = .seconds(30)
  /// How often at least such an answer must have come within its grace period.
  public var graceTries = 4
  /// Runs that may end, each with less patience than `imageGrace`, while a link is refused. The next
  /// run believes the first refusal.
  public var refusedRuns = 5
  /// Requests in a row without a usable reply before no more are sent.
  public var outageTries = 3
  /// Requests under way at a time until the gateway has answered the first one, so that an outage
  /// costs no more than that.
  public var unprovenSubmits = 3
  /// Between the polls of one job.
  public var polls = Backoff.polls
  /// After a failure of the network, and after a 429 that names no time.
  public var retries = Backoff.retries
  /// Downloads of one image in one run.
  public var downloadTries = 4
  /// Failures to connect in a row before the gateway counts as unreachable.
  public var connectionTries = 4
  /// Refusals for haste in a row before a run ends.
  public var throttleTries = 8
  /// Downloads from one host at a time; nil means half as many as `jobs`, and 4 at least.
  public var downloadsPerHost: Int?
  /// Generations that may be downloading, or waiting to, beside `jobs`: what the gateway has done
  /// with need not keep the next request back. nil means as many as `jobs`.
  public var landingJobs: Int?
  /// The longest reply, in bytes, that a generation may hold beside `jobs`: one with images inside
  /// keeps its place instead, so that `jobs` bounds how many such replies are in memory.
  public var landingReply = 64 << 10
  /// The longest reply to a poll, in bytes, that is kept although it does not end its job.
  public var keptPollReply = 64 << 10
  /// Free bytes that each submit under way, and each offer on its way into the library, must find on
  /// the library's disk for its reply and image.
  public var roomPerSubmit: Int64 = 16 << 20
  /// How long a reply that can't be written is held in memory while room is made.
  public var localPatience: Duration = .seconds(60)
  /// How long another process may hold the catalog's lock before the run stops.
  public var lockPatience: Duration = .seconds(30)
  /// Limits on spending, for all processes that use the library.
  public var budget = Budget()
  /// The highest cost of the requests that one run sends; nil: no limit.
  public var maxCost: MoneyAmount?
  /// The price of one image, for requests that were recorded without an estimate; nil: not known.
  public var imagePrice: Cost?
  /// What an image may weigh before it is decoded.
  public var imageLimits = DecodeLimits.standard

  /// Makes the default settings.
  public init() {}

  var hostPlaces: Int { downloadsPerHost ?? max(4, jobs / 2) }

  /// Connections to one host that may be open at a time.
  public var connections: Int { jobs + pollingRoom + waitingJobs + downloadRoom }

  var pollingRoom: Int { pollingJobs ?? jobs }

  /// Bytes that are taken before a submit, for its reply to be kept in should the disk fill up
  /// meanwhile.
  func replyRoom(inline: Bool) -> Int64 { inline ? roomPerSubmit : min(roomPerSubmit, 64 << 10) }

  var downloadRoom: Int { landingJobs ?? jobs }
}
