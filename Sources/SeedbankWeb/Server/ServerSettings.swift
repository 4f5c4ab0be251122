public import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// What a server is started with.
public struct ServerSettings: Sendable {
  /// What it listens on: an address or a name.
  public var host = "127.0.0.1"
  /// 0 takes any free port.
  public var port = 8765
  public var isReadOnly = false
  public var limits = ServerLimits()
  public var token: AccessToken
  /// What the command line says of errors.
  public var wording: Wording
  /// The time and the time zone of the person.
  public var local: @Sendable () -> LocalTime
  /// Who edits, for the history.
  public var actor: String
  public var version: String
  /// What may be asked of image services; nil if nothing may.
  public var generator: (any ImageGenerator)?
  /// Milliseconds between looks for changes by other processes.
  public var watchMilliseconds: Int64 = 100
  /// Threads that read the library, and as many that make thumbnails.
  public var threads = 4

  public init(
    token: AccessToken, wording: Wording, actor: String, version: String,
    local: @escaping @Sendable () -> LocalTime
  ) {
    self.token = token
    self.wording = wording
    self.actor = actor
    self.version = version
    self.local = local
  }
}

/// Records and sends requests for images on behalf of a client.
public protocol ImageGenerator: Sendable {
  var abilities: GenerationAbilities { get }
  /// Records requests and begins to send them; their progress shows as events.
  /// - Returns: the recorded generations.
  /// - Throws: a `GenerationRefusal` if a value is not allowed or the budget is used up, `LibraryError`.
  func submit(_ order: ImageOrder) throws -> [GenerationID]
}

/// What a client asks image services for.
public struct ImageOrder: Sendable, Equatable {
  /// Nil repeats a recorded request.
  public var prompt: String?
  /// The recorded request to repeat, with the values below changed.
  public var reproduces: GenerationID?
  public var model: String?
  public var size: String?
  public var seed: Int?
  public var guidanceScale: Double?
  public var watermark: Bool?
  public var tags: [TagName] = []
  /// How many images; their seeds follow one another.
  public var count = 1
  /// Fields of a repeated request that go through several values, as `seed=1..3`; two make a grid.
  public var vary: [String] = []
  /// Draws a new seed for a repeated request.
  public var usesNewSeed = false

  public init() {}
}
