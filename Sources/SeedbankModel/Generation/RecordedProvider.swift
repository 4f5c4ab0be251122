/// The recorded data about the service that a generation was requested from.
///
/// A draft contains the data that is known before sending. Each step of the generation can add
/// data.
public struct RecordedProvider: Hashable, Sendable {
  /// Its name in the configuration file; nil for imported images.
  public var name: String?
  /// The path of the request: `/byteplus/v1/getTextToImage`.
  public var endpoint: String?
  /// The model that the reply states; nil if it states none.
  public var modelEchoed: String?
  /// The seed that the reply states; nil if it states none.
  public var seedEchoed: ImageSeed?
  /// The maximum number of images of the request; nil if it is not a group.
  public var groupSize: Int?
  /// The id that was sent with the request, for the support of the service.
  public var clientRequestID: String?
  /// The digest of the bytes that were sent, if the recorded body is a template for them.
  public var sentDigest: Digest?
  /// The estimate before sending; afterwards the actual cost if it is known.
  public var cost: Cost?

  /// Creates a value from the data that is known.
  public init(
    name: String? = nil, endpoint: String? = nil, modelEchoed: String? = nil,
    seedEchoed: ImageSeed? = nil, groupSize: Int? = nil, clientRequestID: String? = nil,
    sentDigest: Digest? = nil, cost: Cost? = nil
  ) {
    self.name = name
    self.endpoint = endpoint
    self.modelEchoed = modelEchoed
    self.seedEchoed = seedEchoed
    self.groupSize = groupSize
    self.clientRequestID = clientRequestID
    self.sentDigest = sentDigest
    self.cost = cost
  }

  /// The provider of requests that were recorded before providers had names.
  public static let original = RecordedProvider(
    name: "pixazo", endpoint: "/byteplus/v1/getTextToImage")
}

/// What a generation costs.
public struct Cost: Hashable, Sendable {
  /// The amount in units of the currency.
  public var amount: MoneyAmount
  /// ISO 4217 code: `USD`.
  public var currency: String
  /// Whether the amount is computed from a price table; otherwise the service stated it.
  public var isEstimated: Bool
  /// The version of the price table; nil if none was used.
  public var priceTable: String?

  /// Creates a cost.
  public init(
    amount: MoneyAmount, currency: String, isEstimated: Bool, priceTable: String? = nil
  ) {
    self.amount = amount
    self.currency = currency
    self.isEstimated = isEstimated
    self.priceTable = priceTable
  }
}
