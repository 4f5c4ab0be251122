import ArgumentParser

extension ArgumentHelp {
  /// What a REF may be, said the same everywhere.
  static let reference = ArgumentHelp(
    "A generation: 1234, #1234, 1234.2, @last, @last~3, sha256:…, a prefix of its uid, or an image file.",
    valueName: "ref")

  /// What a QUERY is, said the same everywhere.
  static let query = ArgumentHelp(
    "A query: words, tag:…, seed:…, -word; see `seedbank help search`.",
    valueName: "query")

  /// What the arguments of commands that edit or export are, said the same everywhere.
  static let selection = ArgumentHelp(
    "Generations (31 27, 31,27, 5..12, @last, an image file) or a query; see `seedbank help search`.",
    valueName: "ref or query")
}
