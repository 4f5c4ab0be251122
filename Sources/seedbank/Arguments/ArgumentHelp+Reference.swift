import ArgumentParser

extension ArgumentHelp {
  /// The help text for a REF.
  static let reference = ArgumentHelp(
    "A generation: 1234, #1234, 1234.2, @last, @last~3, sha256:…, a prefix of its uid, or an image file.",
    valueName: "ref")

  /// The help text for several REFs.
  static let references = ArgumentHelp(
    "Generations: 1234, 31,27, 5..12, @last, sha256:…, a prefix of a uid, or an image file.",
    valueName: "ref")

  /// The help text for a QUERY.
  static let query = ArgumentHelp(
    "A query: words, tag:…, seed:…, -word; see `seedbank help query`.",
    valueName: "query")

  /// The help text for the arguments of commands that edit or export.
  static let selection = ArgumentHelp(
    "Generations (31 27, 31,27, 5..12, @last, an image file) or a query; see `seedbank help query`.",
    valueName: "ref or query")
}
