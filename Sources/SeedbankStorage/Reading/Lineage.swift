public import SeedbankModel

/// A generation among those that it came from and those that came from it.
public struct Lineage: Hashable, Sendable {
  /// The generation that was asked for.
  public let subject: GenerationID
  /// Parents before their children, children after one another by age, each followed by its own
  /// descendants.
  ///
  /// The first is the oldest ancestor.
  public let members: [Member]
  /// False where the tree has more members than were asked for.
  public let isWhole: Bool

  /// One generation of the tree.
  public struct Member: Hashable, Sendable {
    /// The id in this library.
    public let id: GenerationID
    /// The id that stays the same in every library.
    public let uid: UID
    /// The parent, or nil if there is none.
    ///
    /// If the limit cut the tree, the parent of the first member is not a member.
    public let parent: GenerationID?
    /// Steps from the oldest ancestor, 0 for itself.
    public let depth: Int
    /// How far the generation has come.
    public let status: Status
    /// The prompt text.
    public let prompt: String
    /// When it was made.
    public let createdAt: Timestamp
    /// 1…5.
    public let rating: Int?
    /// What differs from the parent's request; nil where that is not recorded.
    public let changes: [LineageChange]?
    /// How it came out against its parent.
    public let verdict: RecordedVerdict?
    /// Whether it is in the trash.
    public let isInTrash: Bool
    /// How many generations name it as their parent, whether they are members or not.
    public let childCount: Int
  }
}

/// One field in which a request differs from its parent's.
public struct LineageChange: Hashable, Sendable {
  /// As the gateway names it: `seed`, `guidance_scale` and others.
  public let field: String
  /// The new value as JSON.
  public let json: String
  /// The new value as people read it: JSON, but a string without its quotes.
  public let text: String

  /// Makes a change of one field, as JSON and as text.
  package init(field: String, json: String, text: String) {
    self.field = field
    self.json = json
    self.text = text
  }

  /// The members of a JSON object in their order, or nil for anything else.
  package static func read(_ object: String) -> [LineageChange]? {
    var object = object
    return object.withUTF8 { bytes in
      var reader = JSONReader(bytes)
      var changes: [LineageChange] = []
      do throws(RecordError) {
        try reader.members { field, reader throws(RecordError) in
          var copy = reader
          let json = try reader.rawValue()
          let text = json.hasPrefix("\"") ? try copy.string() : json
          changes.append(LineageChange(field: field, json: json, text: text))
        }
        try reader.end()
      } catch {
        return nil
      }
      return changes
    }
  }
}
