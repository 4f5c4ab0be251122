import ArgumentParser

/// The option for the provider of a request.
struct ProviderOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Send to this provider of the config file (default: setting `provider`, or pixazo).",
      valueName: "name"))
  var provider: String?
}

/// The options for reference images and groups.
struct ImageOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Use an image as reference: a file, a generation or an https address. Can be repeated; the "
        + "order counts.", valueName: "image"),
    completion: .file())
  var reference: [String] = []
  @Option(
    help: ArgumentHelp(
      "Ask for up to this many images from one request, if the model can (default: 1).",
      valueName: "number"))
  var group: Int?
}
