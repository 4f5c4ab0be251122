public import SeedbankModel
public import SeedbankProviders

/// One prompt of a file, with its other values.
public struct PromptEntry: Sendable, Equatable {
  /// The number of its first line, counted from 1.
  public let line: Int
  /// The prompt text.
  public let prompt: String
  /// Fields of the request that the entry sets for itself.
  public let changes: [RequestChange]
  /// The tags that the entry gives.
  public let tags: [TagName]

  /// Makes an entry of a prompt file.
  public init(line: Int, prompt: String, changes: [RequestChange] = [], tags: [TagName] = []) {
    self.line = line
    self.prompt = prompt
    self.changes = changes
    self.tags = tags
  }
}
