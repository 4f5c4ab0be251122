import SeedbankModel
import SeedbankProviders
import SeedbankStorage

/// A family of models, for the table and for JSON.
struct ModelSummary {
  /// A name for --model.
  let name: String
  let family: String
  let sizes: String
  let recommended: [String]
  let seed: String
  let guidance: String
  /// The price of one image; nil if it is not known.
  let price: String?

  /// The families in the order of the table, the gateway's default first.
  static let all = ImageServices.all[0].models
    .filter { $0.rules.family?.hasSuffix("*") == true && $0.rules.references.count.lowerBound == 0 }
    .map(ModelSummary.init)

  private init(_ model: ListedModel) {
    let rules = model.rules
    family = rules.family ?? ""
    name = model.name
    sizes = rules.sizes.description
    recommended = rules.sizes.recommended.map(\.description)
    seed =
      switch rules.seed {
      case .unknown: "not known"
      default: rules.seed.rawValue
      }
    guidance =
      switch rules.guidance {
      case .accepted(let range, let standard):
        "\(Self.number(range.lowerBound)) to \(Self.number(range.upperBound)) (default: "
          + "\(Self.number(standard)))"
      case .notAccepted: "not accepted"
      case .unknown: "not known"
      }
    price = nil
  }

  /// Full names, with the date of the version in the gateway's documents.
  static let names = ["seedream-3-0-t2i-250415", "seedream-4-0-250828"]

  private static func number(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value))" : "\(value)"
  }

  static func table(_ session: Session) -> String {
    var table = TextTable([
      .init(title: "model"), .init(title: "seed", importance: 3),
      .init(title: "guidance", importance: 2), .init(title: "price", importance: 1),
      .init(title: "sizes"),
    ])
    table.rows = all.map { [$0.name, $0.seed, $0.guidance, $0.price ?? "not known", $0.sizes] }
    table.paint = { _, column, text in column == 0 ? session.style.bold(text) : text }
    return table.rendered(width: session.terminal.width, style: session.style)
  }

  static var json: String {
    var writer = JSONWriter()
    writer.array { array in
      for model in all {
        array.object { object in
          object.member("model", model.name)
          object.member("family", model.family)
          object.member("sizes", model.sizes)
          object.key("recommended_sizes")
          object.array { sizes in for size in model.recommended { sizes.value(size) } }
          object.member("seed", model.seed)
          object.member("guidance", model.guidance)
          object.member("price", model.price)
        }
      }
    }
    writer.newline()
    return writer.text
  }
}
