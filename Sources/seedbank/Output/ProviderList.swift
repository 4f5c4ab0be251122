import SeedbankModel
import SeedbankProviders

/// Providers with their models, as text and for programs.
enum ProviderList {
  static func text(_ providers: [ConfiguredProvider], _ session: Session) -> String {
    var text = ""
    for provider in providers {
      text +=
        "\(session.style.bold(provider.name))  \(provider.service.kind)  "
        + SafeText.line("\(provider.address)") + "\n"
      var table = TextTable([
        .init(title: "model"), .init(title: "seed", importance: 3),
        .init(title: "references", importance: 2), .init(title: "group", importance: 2),
        .init(title: "price", importance: 1), .init(title: "sizes"),
      ])
      table.rows = provider.service.models.map { model in
        let rules = model.rules
        return [
          model.name, rules.seed.rawValue, "\(rules.references.count.upperBound)",
          "\(rules.group)",
          provider.prices.price(of: model.name, rules: rules)
            .map { "\(Self.amount($0.image)) USD" } ?? "not known",
          sizes(rules.sizes),
        ]
      }
      text += table.rendered(width: session.terminal.width, style: session.style) + "\n"
    }
    return text
  }

  /// The words of the other columns if the model takes no size.
  private static func sizes(_ rule: SizeRule) -> String {
    rule.presets.isEmpty && rule.pixels == .none ? "not accepted" : rule.description
  }

  static func json(_ providers: [ConfiguredProvider]) -> String {
    var writer = JSONWriter()
    writer.array { array in
      for provider in providers {
        array.object { object in
          object.member("name", provider.name)
          object.member("kind", provider.service.kind)
          object.member("url", "\(provider.address)")
          object.key("models")
          object.array { models in
            for model in provider.service.models {
              models.object { write(model, provider.prices, to: &$0) }
            }
          }
        }
      }
    }
    writer.newline()
    return writer.text
  }

  private static func write(
    _ model: ListedModel, _ prices: PriceTable, to object: inout JSONWriter
  ) {
    let rules = model.rules
    object.member("model", model.name)
    object.member("seed", rules.seed.rawValue)
    object.key("echoes_seed")
    object.value(rules.echoesSeed)
    object.member("sizes", rules.sizes.description)
    object.key("guidance_scale")
    if case .accepted(let range, _) = rules.guidance {
      object.array { bounds in
        bounds.value(range.lowerBound)
        bounds.value(range.upperBound)
      }
    } else {
      object.null()
    }
    object.member("watermark", rules.watermark.rawValue)
    object.key("references")
    object.object { references in
      references.key("min")
      references.value(rules.references.count.lowerBound)
      references.key("max")
      references.value(rules.references.count.upperBound)
      references.member("form", rules.references.form.rawValue)
    }
    object.key("group")
    object.value(rules.group)
    object.key("stream")
    object.value(rules.streams)
    write("response_formats", rules.responseFormats.map(\.rawValue), to: &object)
    write("output_formats", rules.outputFormats, to: &object)
    write("optimize_prompt", rules.promptModes, to: &object)
    object.member("price", prices.price(of: model.name, rules: rules).map { amount($0.image) })
    object.member("retired", rules.retired)
  }

  private static func write(_ name: String, _ texts: [String], to object: inout JSONWriter) {
    object.key(name)
    object.array { list in for text in texts { list.value(text) } }
  }

  private static func amount(_ micros: Int64) -> String {
    MoneyAmount(microunits: micros).description
  }
}
