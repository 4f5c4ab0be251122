import ArgumentParser

/// What is completed from the library that the command under way would use.
extension CompletionKind {
  /// Ids of the newest generations.
  static var generations: CompletionKind { .custom(Completions.generations) }
  /// Ids of what is in the trash, latest deleted first.
  static var trash: CompletionKind { .custom(Completions.trash) }
  static var query: CompletionKind { .custom(Completions.query) }
  static var tags: CompletionKind { .custom(Completions.tags) }
  static var models: CompletionKind { .custom(Completions.models) }
  static var sizes: CompletionKind { .custom(Completions.sizes) }
  static var searches: CompletionKind { .custom(Completions.searches) }
  static var collections: CompletionKind { .custom(Completions.collections) }
}
