/// A setting, by its key in the config file, with dots for nesting.
enum Setting: String, CaseIterable, Sendable {
  case library
  case gateway
  case provider
  case apiKeyFile = "api_key_file"
  case concurrency
  case model = "generate.model"
  case size = "generate.size"
  case guidanceScale = "generate.guidance_scale"
  case watermark = "generate.watermark"
  case responseFormat = "generate.response_format"
  case pollStart = "poll.start"
  case pollFactor = "poll.factor"
  case pollCap = "poll.cap"
  case pollDeadline = "poll.deadline"
  case pollGrace = "poll.grace"
  case imageGrace = "image.grace"
  case submitTimeout = "submit.timeout"
  case proxy
  case confirmImages = "confirm.images"
  case confirmPrice = "confirm.price"
  case imagesPerDay = "budget.images_per_day"
  case costPerMonth = "budget.cost_per_month"
  case format
  case limit
  case columns
  case color

  var components: [String] { rawValue.split(separator: ".").map(String.init) }

  /// The variable that sets it: `SEEDBANK_GENERATE_MODEL`.
  var variable: String {
    "SEEDBANK_" + components.joined(separator: "_").uppercased()
  }

  /// The allowed values, for the error sentence.
  var allowed: String {
    switch self {
    case .library, .apiKeyFile: "a path"
    case .gateway: "an https address; plain http is allowed on this computer only"
    case .provider: "the name of a provider"
    case .concurrency: "a whole number from 1 to 64"
    case .confirmImages: "a whole number of images, or 0 to never ask"
    case .confirmPrice: "the price of one image, such as 0.03 USD"
    case .imagesPerDay: "a whole number of images from 0"
    case .costPerMonth: "an amount of money from 0, such as 25.00"
    case .format: OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")
    case .limit: "a whole number from 0; 0 means unlimited"
    case .columns: "names from \(RecordColumn.allCases.map(\.rawValue).joined(separator: ", "))"
    case .color: ColorChoice.allCases.map(\.rawValue).joined(separator: ", ")
    case .model: "a model's name"
    case .size: "a size such as 1024x1024"
    case .guidanceScale: "a number"
    case .watermark: "true or false"
    case .responseFormat: "url or b64_json"
    case .pollStart, .pollCap, .pollDeadline, .pollGrace, .imageGrace:
      "a number of seconds, at most a week"
    case .submitTimeout: "a number of seconds from 1, at most a week"
    case .pollFactor: "a number from 1"
    case .proxy:
      "the address of a proxy, such as http://proxy.example:3128 or socks5h://host, or none"
    }
  }
}

extension Setting {
  /// The allowed values of a time, in seconds.
  ///
  /// Without time for its reply, every request would be charged, and its images would be lost.
  var seconds: ClosedRange<Double> { self == .submitTimeout ? 1...604_800 : 0...604_800 }
}

/// The origin of a value.
enum SettingOrigin: Sendable, Equatable, CustomStringConvertible {
  case option(String)
  case variable(String)
  case file(String)
  case builtIn

  var description: String {
    switch self {
    case .option(let name): "option \(name)"
    case .variable(let name): "variable \(name)"
    case .file(let path): path
    case .builtIn: "built in"
    }
  }
}

/// A value and its origin.
struct Sourced<Value: Sendable>: Sendable {
  let value: Value
  let origin: SettingOrigin

  func map<Other>(_ transform: (Value) throws -> Other) rethrows -> Sourced<Other> {
    Sourced<Other>(value: try transform(value), origin: origin)
  }
}
