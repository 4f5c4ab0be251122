import ArgumentParser

extension ArgumentHelp {
  /// What a REF may be, said the same everywhere.
  static let reference = ArgumentHelp(
    "A generation: 1234, 1234.2, @last, @last~3, sha256:…, a part of its uid, or a picture file.",
    valueName: "ref")

  /// What a QUERY is, said the same everywhere.
  static let query = ArgumentHelp(
    "What to look for: words, tag:…, seed:…, -word; see `seedbank help search`.",
    valueName: "query")
}
