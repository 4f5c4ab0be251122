public import SeedbankModel

/// A generation with its ancestors and descendants.
public struct Lineage: Hashable, Sendable {
  /// The requested generation.
  public let subject: GenerationID
  /// The members: parents before their children, and each child, oldest first, with its own
  /// descendants.
  ///
  /// The first member is the oldest ancestor.
  public let members: [Member]
  /// False if the tree has more members than requested.
  public let isWhole: Bool

  /// One generation of the tree.
  public struct Member: Hashable, Sendable {
    /// The id in this library.
    public let id: GenerationID
    /// The id that stays the same in every library.
    public let uid: UID
    /// The parent; nil if there is none.
    ///
    /// If the limit cut the tree, the parent of the first member is not a member.
    public let parent: GenerationID?
    /// The number of steps from the oldest ancestor; 0 for itself.
    public let depth: Int
    /// The state of the generation.
    public let status: Status
    /// The prompt text.
    public let prompt: String
    /// When the generation was recorded.
    public let createdAt: Timestamp
    /// From 1 to 5.
    public let rating: Int?
    /// The fields that differ from the parent's request; nil if they are not recorded.
    public let changes: [LineageChange]?
    /// The result of the comparison with the parent.
    public let verdict: RecordedVerdict?
    /// Whether it is in the trash.
    public let isInTrash: Bool
    /// The number of generations whose parent it is, also of those that are not members.
    public let childCount: Int
  }
}

/// A field that differs from the parent's request.
public struct LineageChange: Hashable, Sendable {
  /// The gateway's name of the field: `seed`, `guidance_scale` and others.
  public let field: String
  /// The new value as JSON.
  public let json: String
  /// The new value for people: JSON, but a string without quotation marks.
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
          let text = json.utf8.first == UInt8(ascii: "\"") ? try copy.string() : json
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
