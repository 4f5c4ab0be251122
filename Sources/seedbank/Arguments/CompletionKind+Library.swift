import ArgumentParser

/// The kinds of values that are completed from the library or from lists. `CompletionEngine` gets the
/// names from the parser's dump.
extension CompletionKind {
  private static func source(_ source: CompletionSource) -> CompletionKind {
    .shellCommand(source.rawValue)
  }

  /// Ids of the newest generations.
  static var generations: CompletionKind { source(.generations) }
  /// Ids in the trash, latest deleted first.
  static var trash: CompletionKind { source(.trash) }
  static var query: CompletionKind { source(.query) }
  /// A remote, or the first word of a query.
  static var remotesAndQuery: CompletionKind { source(.remotesAndQuery) }
  static var tags: CompletionKind { source(.tags) }
  static var models: CompletionKind { source(.models) }
  static var sizes: CompletionKind { source(.sizes) }
  static var searches: CompletionKind { source(.searches) }
  static var collections: CompletionKind { source(.collections) }
  /// `FIELD=VALUE`.
  static var changes: CompletionKind { source(.changes) }
  /// Keys of the config file.
  static var settings: CompletionKind { source(.settings) }
}
