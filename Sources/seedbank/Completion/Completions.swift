import ArgumentParser
import Storage

/// What the shell offers while a word is being typed.
///
/// It is asked at every press of the key, so it reads little and says nothing where it can't read.
enum Completions {
  /// Fields of a query and what they take; without a field, the fields themselves and tags.
  static let query: @Sendable ([String], Int, String) -> [String] = { words, index, prefix in
    let typed = TypedWord(words, index, prefix)
    let values = FieldValues(library: library(words))
    let candidates =
      typed.field.map { values.of($0) }
      ?? (FieldValues.names + values.of("tag").map { "tag:\($0)" })
    return typed.matching(candidates)
  }

  /// Ids of the newest generations.
  static let generations: @Sendable ([String], Int, String) -> [String] = { words, index, prefix in
    guard let library = library(words) else { return [] }
    let request = SearchRequest(
      .everything, limit: 20, at: LocalTime(now: Clock.now()) { Clock.utcOffset(seconds: $0) })
    let newest = (try? library.ids(request)) ?? []
    return (["@last"] + newest.map(\.description)).filter { $0.hasPrefix(prefix) }
  }

  static let tags = values("tag")
  static let models = values("model")
  static let searches = values("search")
  static let collections = values("collection")

  private static func values(_ field: String) -> @Sendable ([String], Int, String) -> [String] {
    { words, _, prefix in
      FieldValues(library: library(words)).of(field).filter { $0.hasPrefix(prefix) }
    }
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
