/// An amount of money, in millionths of the currency's unit.
public struct Price: Hashable, Sendable {
  /// Millionths of the unit.
  public let micros: Int64
  /// The code of the currency, `USD`.
  public let currency: String

  /// Makes an amount.
  public init(micros: Int64, currency: String = "USD") {
    self.micros = micros
    self.currency = currency
  }

  /// The amount in whole units.
  public var amount: Double { Double(micros) / 1_000_000 }
}

/// What one image of a model costs, in millionths of a US dollar.
public struct ModelPrice: Equatable, Sendable {
  /// One image.
  public let image: Int64
  /// One image of more pixels than the limit, for models that charge by size.
  public let large: LargeImage?
  /// Each reference image after the first.
  public let reference: Int64

  /// The price of large images.
  public struct LargeImage: Equatable, Sendable {
    /// Images of more pixels than this are large.
    public let pixels: Int
    /// One large image.
    public let image: Int64
  }

  /// Makes a price.
  public init(image: Int64, large: LargeImage? = nil, reference: Int64 = 0) {
    self.image = image
    self.large = large
    self.reference = reference
  }
}

/// The prices of a provider: those of the service's own pages, and those that the user has set.
public struct PriceTable: Equatable, Sendable {
  /// The date of the built-in prices; it is recorded with every estimate.
  public static let standardVersion = "2026-09"
  /// The version that is recorded.
  public let version: String
  private let own: [String: ModelPrice]

  /// The name that stands for all models without a price of their own.
  public static let anyModel = "default"

  /// The built-in prices alone.
  public static let standard = PriceTable(own: [:])

  /// Makes a table.
  ///
  /// - Parameter own: Prices that the user has set, by the model's name; ``anyModel`` for all others.
  public init(own: [String: ModelPrice]) {
    self.own = own
    version = own.isEmpty ? Self.standardVersion : Self.standardVersion + "+own"
  }

  /// The price of one image of a model, or nil if it is not known.
  ///
  /// - Parameter rules: The rules of the model.
  public func price(of model: String?, rules: ModelRules) -> ModelPrice? {
    model.flatMap { own[$0] } ?? rules.price ?? own[Self.anyModel]
  }

  /// The price of one request with all its images; nil if it is not known or is too large for an amount.
  func price(of request: SubmitRequest, rules: ModelRules) -> Price? {
    let parameters = request.parameters
    guard let price = price(of: parameters.model, rules: rules) else { return nil }
    // A group reserves the maximum number of its images. The settings can have any price.
    let (images, isTooMuch) = Self.imagePrice(price, parameters.size)
      .multipliedReportingOverflow(by: Int64(max(parameters.group ?? 1, 1)))
    let (references, areTooMuch) = price.reference
      .multipliedReportingOverflow(by: Int64(max(parameters.references.count - 1, 0)))
    let (total, overflows) = images.addingReportingOverflow(references)
    return isTooMuch || areTooMuch || overflows ? nil : Price(micros: total)
  }

  /// The higher price if it is not known which one applies, because an estimate must not be too low.
  private static func imagePrice(_ price: ModelPrice, _ size: ImageSize?) -> Int64 {
    guard let large = price.large else { return price.image }
    switch size {
    case .pixels(let width, let height)?:
      return width * height > large.pixels ? large.image : price.image
    // The preset 1.5K has about 2.4 megapixels.
    case .preset(.one)?, .preset(.oneAndAHalf)?: return price.image
    // Presets of 2K and more have at least about 4 megapixels.
    case .preset?: return large.image
    case nil: return large.image
    }
  }
}
