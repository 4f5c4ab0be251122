extension Settings {
  static let defaultGateway = "https://gateway.pixazo.ai"
  static let defaultConcurrency = 4
  static let defaultConfirmImages = 20

  /// The base address of the gateway.
  func gateway() throws -> Sourced<String> {
    try string(.gateway) ?? Sourced(value: Self.defaultGateway, origin: .builtIn)
  }

  /// The number of parallel requests, 1…64.
  func concurrency() throws -> Sourced<Int> {
    guard let found = try integer(.concurrency) else {
      return Sourced(value: Self.defaultConcurrency, origin: .builtIn)
    }
    guard (1...64).contains(found.value) else { throw Self.refusal(.concurrency, found.origin) }
    return found
  }

  /// The number of images above which `generate` asks.
  func confirmImages() throws -> Sourced<Int> {
    guard let found = try integer(.confirmImages) else {
      return Sourced(value: Self.defaultConfirmImages, origin: .builtIn)
    }
    guard found.value >= 0 else { throw Self.refusal(.confirmImages, found.origin) }
    return found
  }

  /// The same as a bound for comparisons.
  ///
  /// 0 means no bound.
  func imagesToConfirm() throws -> Int {
    let value = try confirmImages().value
    return value == 0 ? .max : value
  }

  /// The price of one image, for estimates; nil if it is not set.
  func price() throws -> ImagePrice? {
    try parsed(.confirmPrice) { ImagePrice($0) }?.value
  }
}
