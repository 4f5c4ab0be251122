import SeedbankModel
import SeedbankProviders

extension Settings {
  /// The prices of a provider: those of the config file before the built-in ones.
  ///
  /// - Throws: `Failure` of status 78 for a price that is not an amount of money.
  func prices(of provider: String, kind: String) throws -> PriceTable {
    var own: [String: ModelPrice] = [:]
    // A price for the provider takes precedence over one for all providers of its kind.
    for name in [kind, provider] {
      for key in file?.priceKeys ?? [] where key.provider == name {
        let amount = try price(.price(provider: name, model: key.model))
        own[key.model] = ModelPrice(image: amount.microunits)
      }
    }
    return own.isEmpty ? .standard : PriceTable(own: own)
  }

  /// Checks that every price is an amount and belongs to a provider or a kind.
  ///
  /// - Throws: `Failure` of status 78.
  func checkPrices() throws {
    let names = providerNames + ImageServices.all.map(\.kind)
    for (provider, model) in file?.priceKeys ?? [] {
      let key = ConfigKey.price(provider: provider, model: model)
      guard names.contains(provider) else {
        throw Failure(
          .notConfigured, "\(key.name) names a provider that is not configured",
          hint: "the providers are: " + providerNames.joined(separator: ", "))
      }
      _ = try price(key)
    }
  }

  private func price(_ key: ConfigKey) throws -> MoneyAmount {
    guard let amount = text(of: key).flatMap({ Self.limit($0.value) }) else {
      throw Failure(
        .notConfigured,
        "\(key.name) in \(environment.configFile) must be the price of one image in USD, such as 0.03"
      )
    }
    return amount
  }
}
