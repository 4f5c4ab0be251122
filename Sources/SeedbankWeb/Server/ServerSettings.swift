public import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// The settings of a server.
public struct ServerSettings: Sendable {
  /// The address or name on which it listens.
  public var host = "127.0.0.1"
  /// 0 takes any free port.
  public var port = 8765
  /// Whether requests that change the library are refused.
  public var isReadOnly = false
  /// The limits that protect the server.
  public var limits = ServerLimits()
  /// The secret that a browser must present.
  public var token: AccessToken
  /// The secret for the browser that the program starts; nil if it starts none.
  public var ticket: EntryTicket?
  /// The error sentences of the command line.
  public var wording: Wording
  /// The time and the time zone of the user.
  public var local: @Sendable () -> LocalTime
  /// Who edits, for the history.
  public var actor: String
  /// The version of the program, for the page.
  public var version: String
  /// The allowed requests to image services; nil if none are allowed.
  public var generator: (any ImageGenerator)?
  /// Milliseconds between checks for changes by other processes.
  public var watchMilliseconds: Int64 = 100
  /// The number of threads that read the library.
  ///
  /// The same number makes thumbnails.
  public var threads = 4

  /// Makes settings for one server.
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
  /// What can be generated.
  var abilities: GenerationAbilities { get }
  /// Records requests and starts to send them. Events show their progress.
  /// - Throws: a `GenerationRefusal` if a value is not allowed or the budget is used up, `LibraryError`.
  func submit(_ order: ImageOrder) throws -> RecordedOrder
}

/// The requests that were recorded for an order.
public struct RecordedOrder: Sendable, Equatable {
  /// A field that goes through several values.
  public struct Axis: Sendable, Equatable {
    /// The name of the field.
    public var field: String
    /// Its values, in the order in which they were given.
    public var values: [String]

    /// Makes an axis.
    public init(field: String, values: [String]) {
      self.field = field
      self.values = values
    }
  }

  /// In the order of the grid's cells, the first axis changing slowest.
  public var ids: [GenerationID]
  /// Empty if all requests are the same.
  public var axes: [Axis]

  /// Makes the record of an order.
  public init(ids: [GenerationID], axes: [Axis]) {
    self.ids = ids
    self.axes = axes
  }

  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("ids", ids: ids)
      object.key("axes")
      object.array { array in
        for axis in axes {
          array.object { entry in
            entry.member("field", axis.field)
            entry.key("values")
            entry.array { values in
              for value in axis.values { values.value(value) }
            }
          }
        }
      }
    }
  }
}

/// A request of a client to image services.
public struct ImageOrder: Sendable, Equatable {
  /// Nil repeats a recorded request.
  public var prompt: String?
  /// The recorded request to repeat, with the values below changed.
  public var reproduces: GenerationID?
  /// The model; nil means the default.
  public var model: String?
  /// The size, as the service names it; nil means the default.
  public var size: String?
  /// The seed; nil means a random one.
  public var seed: Int?
  /// The guidance scale; nil means the default.
  public var guidanceScale: Double?
  /// Whether a watermark is requested; nil means the default.
  public var watermark: Bool?
  /// Tags for each new generation.
  public var tags: [TagName] = []
  /// The number of images, with consecutive seeds.
  public var count = 1
  /// Fields with several values, such as `seed=1..3`; at most two.
  public var vary: [String] = []
  /// Whether a repeated request gets a new random seed.
  public var usesNewSeed = false

  /// Makes an order for one image with the defaults of the service.
  public init() {}
}
