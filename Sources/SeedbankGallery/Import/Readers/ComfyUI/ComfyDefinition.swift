/// The definition of a subgraph or a group node.
///
/// Each use of it is built separately, so a small file could describe a graph of any size.
struct ComfyDefinition {
  let json: JSONValue
  /// The number of its JSON values, and one for every 16 bytes of the texts that each use copies.
  private let size: Int
  /// The number of nodes and inputs, whose ids begin with the id of the node that uses them.
  private let ids: Int

  init(_ json: JSONValue) {
    self.json = json
    let nodes = json["nodes"]?.elements ?? []
    let inputs = json["inputs"]?.elements ?? []
    func length(_ text: JSONValue?) -> Int { text?.string?.utf8.count ?? 0 }
    let inNodes = nodes.reduce(0) { $0 + length($1["id"]) + length($1["type"]) }
    let inInputs = inputs.reduce(0) { $0 + length($1["name"]) }
    size = json.valueCount + (inNodes + inInputs) / 16
    ids = nodes.count + inputs.count
  }

  /// The cost of one use.
  ///
  /// - Parameter prefix: the text before the ids of its nodes.
  func cost(prefix: String) -> Int { size + ids * prefix.utf8.count / 16 }

  /// The maximum cost of all uses in a file: in proportion to its size.
  static func mostCost(in json: JSONValue) -> Int { min(2_000_000, 100_000 + 20 * json.valueCount) }
}

extension JSONValue {
  /// The number of values in this one, itself included.
  fileprivate var valueCount: Int {
    switch self {
    case .array(let elements): elements.reduce(1) { $0 + $1.valueCount }
    case .object(let members): members.values.reduce(1) { $0 + $1.valueCount }
    case .null, .bool, .integer, .unsigned, .number, .string: 1
    }
  }
}
