public import SeedbankImaging
public import SeedbankModel
public import SeedbankProviders
public import SeedbankStorage

/// Limits and waiting times of a sync.
public struct SyncSettings: Sendable, Equatable {
  /// The number of parallel requests; at least 1.
  ///
  /// Engines with the same ``WorkerLimits`` share it.
  public var jobs = 4
  /// The number of new jobs that may run at the gateway in addition to `jobs`; nil: as many as
  /// `jobs`.
  ///
  /// So a gateway has at most twice as many jobs.
  public var pollingJobs: Int?
  /// The number of further jobs that have run for `slotPatience`.
  ///
  /// So slow jobs do not block the queue.
  public var waitingJobs = 256
  /// How long the gateway may work on a job before it counts as slow.
  public var slotPatience: Duration = .seconds(60)
  /// How long one run waits for a job before it leaves it pending.
  public var patience: Duration = .seconds(600)
  /// How long "no such job", or success without an image, is not believed.
  ///
  /// The job or its images may not exist yet.
  public var grace: Duration = .seconds(30)
  /// How long a server may refuse the link of an image (400, 403, 404, 410) before it is believed.
  public var imageGrace: Duration = .seconds(30)
  /// The minimum number of such answers within the grace period.
  public var graceTries = 4
  /// The number of runs shorter than `imageGrace` that may end while a link is refused.
  ///
  /// The next run believes the first refusal.
  public var refusedRuns = 5
  /// The number of consecutive requests without a usable reply after which no more are sent.
  public var outageTries = 3
  /// The number of parallel requests until the gateway has answered the first one.
  ///
  /// It limits the cost of an outage.
  public var unprovenSubmits = 3
  /// The pauses between the polls of one job.
  public var polls = Backoff.polls
  /// The pauses after a network failure, and after a 429 without a time.
  public var retries = Backoff.retries
  /// The number of download attempts for one image in one run.
  public var downloadTries = 4
  /// The number of consecutive failed connections after which the gateway counts as unreachable.
  public var connectionTries = 4
  /// The number of consecutive "too many requests" replies after which a run ends.
  public var throttleTries = 8
  /// The number of parallel downloads from one host; nil: half of `jobs`, at least 4.
  public var downloadsPerHost: Int?
  /// The number of generations that may download, or wait for it, in addition to `jobs`.
  ///
  /// So downloads do not delay the next request. nil: as many as `jobs`.
  public var downloadingJobs: Int?
  /// The largest reply, in bytes, that a generation may hold without a slot.
  ///
  /// A reply with images inside keeps its slot, so that `jobs` limits the number of such replies in
  /// memory.
  public var largestDownloadingReply = 64 << 10
  /// The largest reply to a poll, in bytes, that is stored although it does not end its job.
  public var keptPollReply = 64 << 10
  /// The free disk space, in bytes, that each running submit and each offered image needs.
  public var diskSpacePerSubmit: Int64 = 16 << 20
  /// How long a reply that cannot be written is kept in memory until there is disk space.
  public var localPatience: Duration = .seconds(60)
  /// How long another process may hold the catalog's lock before the run stops.
  public var lockPatience: Duration = .seconds(30)
  /// Limits on spending, for all processes that use the library.
  public var budget = Budget()
  /// The highest cost of the requests that an engine sends in all of its runs; nil: no limit.
  ///
  /// Engines with the same ``SpentCost`` share it.
  public var maxCost: MoneyAmount?
  /// The price of one image, for requests that were recorded without an estimate; nil: not known.
  public var imagePrice: Cost?
  /// The limits for an image before it is decoded.
  public var imageLimits = DecodeLimits.standard

  /// Makes the default settings.
  public init() {}

  var hostLimit: Int { downloadsPerHost ?? max(4, jobs / 2) }

  /// The maximum number of open connections to one host.
  public var connections: Int { jobs + pollingSeats + waitingJobs + downloadingSeats }

  var pollingSeats: Int { pollingJobs ?? jobs }

  /// The bytes that are allocated before a submit, so that its reply can be stored on a full disk.
  ///
  /// - Parameters:
  ///   - images: the maximum number of images of the request.
  ///   - inline: whether the reply may contain them.
  func replyDiskSpace(images: Int, inline: Bool) -> Int64 {
    inline ? diskSpacePerSubmit * Int64(images) : min(diskSpacePerSubmit, 64 << 10)
  }

  var downloadingSeats: Int { downloadingJobs ?? jobs }
}
