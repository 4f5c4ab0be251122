import SeedbankModel
import SeedbankProviders
import SeedbankQuery
import SeedbankStorage

/// The source of the values of an argument.
///
/// Commands name it as a completion kind.
enum CompletionSource: String, CaseIterable, Sendable {
  case generations, trash, query, tags, models, sizes, searches, collections, changes, settings
  case remotesAndQuery
}

/// The values that can be listed, from the library that the typed command would use.
struct CompletionValues {
  private let words: [String]

  init(words: [String]) { self.words = words }

  var commandNames: [String] {
    Seedbank.configuration.subcommands.compactMap { command in
      let configuration = command.configuration
      return configuration.shouldDisplay ? configuration.commandName : nil
    }
  }

  /// The values of a source that start with the typed text.
  func matching(_ typed: String, _ source: CompletionSource) -> [String] {
    switch source {
    case .query: query(typed)
    case .remotesAndQuery: begins(typed, remotes) + query(typed)
    case .changes: changes(typed)
    case .generations: begins(typed, ["@last"] + newest)
    case .trash: begins(typed, ((try? library?.trash(limit: 20)) ?? []).map(\.description))
    case .tags: begins(typed, listed(.tags))
    case .models: begins(typed, models)
    case .sizes: begins(typed, sizes)
    case .searches: begins(typed, listed(.savedSearches))
    case .collections: begins(typed, listed(.collections))
    case .settings: begins(typed, Setting.allCases.map(\.rawValue) + ["aliases."])
    }
  }

  private var remotes: [String] { ((try? library?.remotes()) ?? []).map(\.name) }

  private func begins(_ typed: String, _ values: [String]) -> [String] {
    values.filter { $0.hasPrefix(typed) }
  }

  private func listed(_ completion: FieldCompletion) -> [String] {
    if case .words(let words) = completion { return words }
    // Errors of the library are not shown while a word is completed.
    return (try? library?.values(completion).map(\.value)) ?? []
  }

  /// Known models first, then those of the library.
  private var models: [String] { ModelSummary.names + listed(.models) }

  private var sizes: [String] {
    ModelSummary.all.flatMap(\.recommended) + ImageSize.Preset.allCases.map(\.rawValue)
      + listed(.sizes)
  }

  private var newest: [String] {
    let request = SearchRequest(
      .everything, limit: 20, at: LocalTime(now: Clock.now()) { Clock.utcOffset(seconds: $0) })
    return ((try? library?.ids(request)) ?? []).map(\.description)
  }

  /// Fields and their values.
  ///
  /// A value with a space gets double quotes, and a star in a name a backslash, as in a query.
  private func query(_ typed: String) -> [String] {
    let sign = typed.hasPrefix("-") ? "-" : ""
    let rest = String(typed.dropFirst(sign.count))
    guard let colon = rest.firstIndex(of: ":") else {
      let names =
        QueryField.all.map { $0.name + ":" }
        + listed(.tags).map { "tag:" + FieldCompletion.tags.typed($0) }
      return begins(rest, names).map { sign + $0 }
    }
    let field = String(rest[..<colon])
    guard let completion = QueryField.named(field)?.completion else { return [] }
    let value = String(rest[rest.index(after: colon)...].filter { $0 != "\"" })
    return begins(value.replacing("\\*", with: "*"), listed(completion)).map {
      "\(sign)\(field):\(completion.typed($0))"
    }
  }

  /// `FIELD=VALUE` of --set and --vary.
  private func changes(_ typed: String) -> [String] {
    guard let equals = typed.firstIndex(of: "=") else {
      return begins(typed, RequestField.allCases.map { $0.rawValue + "=" })
    }
    let start = String(typed[...equals])
    let value = String(typed[typed.index(after: equals)...])
    let list: [String] =
      switch RequestField(rawValue: String(typed[..<equals])) {
      case .model: models
      case .size: sizes
      case .watermark: ["true", "false"]
      case .responseFormat: ResponseFormat.allCases.map(\.rawValue)
      case .prompt, .seed, .guidanceScale, nil: []
      }
    return begins(value, list).map { start + $0 }
  }

  private var library: Library? {
    let session = Session(
      environment: .ofThisProcess(), library: option("--library"), color: .never, isQuiet: true)
    return try? session.openLibrary(for: .reading)
  }

  private func option(_ name: String) -> String? {
    for (index, word) in words.enumerated() {
      if word == name, index + 1 < words.count { return words[index + 1] }
      if word.hasPrefix(name + "=") { return String(word.dropFirst(name.count + 1)) }
    }
    return nil
  }
}
