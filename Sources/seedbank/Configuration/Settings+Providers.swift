import FilePaths
import SeedbankProviders
import SeedbankSync

/// A provider in the settings.
struct ConfiguredProvider: Sendable {
  let name: String
  let service: any ImageService
  let address: GatewayAddress
  let prices: PriceTable

  /// The provider in the form for recorded requests.
  var request: RequestProvider {
    RequestProvider(name: name, service: service, base: address.description, prices: prices)
  }
}

extension Settings {
  /// The built-in provider.
  static let standardProvider = RequestProvider.standard.name

  /// The names of all providers, the built-in one first.
  var providerNames: [String] {
    [Self.standardProvider]
      + (file?.providerNames ?? []).filter { $0 != Self.standardProvider }
  }

  /// The provider for new requests: the option, then the variable, then the config file.
  ///
  /// - Throws: `Failure` of status 64 for an unknown name, 78 for a wrong setting.
  func provider(chosen option: String?) throws -> ConfiguredProvider {
    let name = try option ?? string(.provider)?.value ?? Self.standardProvider
    guard providerNames.contains(name) else {
      throw Failure(
        .usage, "the provider '\(name)' is not configured",
        hint: "the providers are: " + providerNames.joined(separator: ", "))
    }
    return try provider(name)
  }

  /// A provider by its name.
  ///
  /// - Throws: `Failure` of status 78 if it is not configured, or its configuration is not valid.
  func provider(_ name: String) throws -> ConfiguredProvider {
    guard providerNames.contains(name) else {
      throw Failure(
        .notConfigured, "the provider '\(name)' is not in the config file",
        hint: "add it under providers: in \(environment.configFile)")
    }
    let service = try service(of: name)
    let standard = name == Self.standardProvider ? try gateway().value : service.standardBase
    guard let base = text(of: .provider(name, .url))?.value ?? standard else {
      throw Failure(
        .notConfigured, "the provider '\(name)' has no address",
        hint: "set providers.\(name).url in \(environment.configFile)")
    }
    return ConfiguredProvider(
      name: name, service: service,
      address: try GatewayAddress(service.normalizedBase(base)),
      prices: try prices(of: name, kind: service.kind))
  }

  private func service(of name: String) throws -> any ImageService {
    let kinds = ImageServices.all.map(\.kind)
    guard
      let kind = text(of: .provider(name, .kind))?.value
        ?? (kinds.contains(name) ? name : nil)
    else {
      throw Failure(
        .notConfigured, "the provider '\(name)' has no kind",
        hint: "set providers.\(name).kind to one of " + kinds.joined(separator: ", "))
    }
    guard let service = ImageServices.of(kind: kind) else {
      throw Failure(
        .notConfigured, "the provider '\(name)' has an unknown kind '\(kind)'",
        hint: "the kinds are " + kinds.joined(separator: ", "))
    }
    return service
  }
}
