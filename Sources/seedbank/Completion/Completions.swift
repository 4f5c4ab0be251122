import ArgumentParser
import SeedbankModel
import SeedbankStorage

/// What the shell offers while a word is being typed.
///
/// It is asked at every press of the key, so it reads little and says nothing where it can't read.
enum Completions {
  typealias Source = @Sendable (_ words: [String], _ index: Int, _ prefix: String) -> [String]

  /// Fields of a query and what they take; without a field, the fields themselves and tags. Where the
  /// words are those of a command of two words, what that takes.
  static let query: Source = { words, index, prefix in
    if let field = secondWords[Array(words.dropFirst().prefix(2))] {
      return values(field)(words, index, prefix)
    }
    let typed = TypedWord(words, index, prefix)
    let values = FieldValues(library: library(words))
    let candidates =
      typed.field.map { values.of($0) }
      ?? (FieldValues.names + values.of("tag").map { "tag:\($0)" })
    return forShell(typed.matching(candidates))
  }

  /// `search delete NAME` and its kind reach us as a search for `delete`.
  private static let secondWords = [
    ["search", "delete"]: "search", ["search", "save"]: "search", ["tag", "rename"]: "tag",
    ["tag", "delete"]: "tag",
  ]

  static let generations: Source = { words, _, prefix in
    guard let library = library(words) else { return [] }
    let request = SearchRequest(
      .everything, limit: 20, at: LocalTime(now: Clock.now()) { Clock.utcOffset(seconds: $0) })
    let newest = (try? library.ids(request)) ?? []
    return (["@last"] + newest.map(\.description)).filter { $0.hasPrefix(prefix) }
  }

  static let trash: Source = { words, _, prefix in
    let ids = (try? library(words)?.trash(limit: 20)) ?? []
    return ids.map(\.description).filter { $0.hasPrefix(prefix) }
  }

  static let tags = values("tag")
  static let models = values("model")
  static let sizes = values("size")
  static let searches = values("search")
  static let collections = values("collection")

  private static func values(_ field: String) -> Source {
    { words, _, prefix in
      forShell(FieldValues(library: library(words)).of(field).filter { $0.hasPrefix(prefix) })
    }
  }

  /// zsh takes what follows a colon for a description, unless the colon is escaped.
  private static func forShell(_ candidates: [String]) -> [String] {
    guard CompletionShell.requesting == .zsh else { return candidates }
    return candidates.map { $0.replacing("\\", with: "\\\\").replacing(":", with: "\\:") }
  }

  /// The library that the command under way would use.
  private static func library(_ words: [String]) -> Library? {
    let session = Session(
      environment: .ofThisProcess(), library: option("--library", in: words), color: .never,
      isQuiet: true)
    return try? session.openLibrary(for: .reading)
  }

  private static func option(_ name: String, in words: [String]) -> String? {
    for (index, word) in words.enumerated() {
      if word == name, index + 1 < words.count { return words[index + 1] }
      if word.hasPrefix(name + "=") { return String(word.dropFirst(name.count + 1)) }
    }
    return nil
  }
}
