import ArgumentParser

/// Which provider a request goes to.
struct ProviderOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Send to this provider of the config file (default: setting `provider`, or pixazo).",
      valueName: "name"))
  var provider: String?
}

/// Images that a request is made from, and how many it makes.
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
