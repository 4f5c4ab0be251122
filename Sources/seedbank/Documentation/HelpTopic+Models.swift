extension HelpTopic {
  static var modelsPage: String {
    """
    If no model is given, the gateway uses the first one. `seedbank models` prints this table for \
    programs too.

    | model | sizes | seed | guidance | price |
    | --- | --- | --- | --- | --- |
    \(rows)

    If the seed is `documented`, the maker of the model documents it: the image will be similar, but \
    not always identical. If it is `disputed`, some clients send it, but the maker does not list it.

    The gateway publishes no price list. Set the price of one image with `seedbank config set \
    confirm.price '0.03 USD'`; it is shown before many images are generated.

    Other names and endpoint ids are sent as they are, with a warning, because their parameters cannot be \
    checked.
    """
  }

  private static var rows: String {
    ModelSummary.all.map {
      "| `\($0.name)` | \($0.sizes) | \($0.seed) | \($0.guidance) | \($0.price ?? "not known") |"
    }.joined(separator: "\n")
  }
}
