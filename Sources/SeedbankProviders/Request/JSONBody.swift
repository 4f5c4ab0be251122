import SeedbankModel

/// Builds the JSON object of a request: members in order, without missing values.
struct JSONBody {
  private var members: [UInt8] = []

  /// The object.
  var bytes: [UInt8] { [UInt8(ascii: "{")] + members + [UInt8(ascii: "}")] }
  /// The same as a recorded body.
  var body: RequestBody { RequestBody(recorded: bytes) }

  /// Adds a member with a value in JSON; nil adds none.
  mutating func add(_ name: String, json: [UInt8]?) {
    guard let json else { return }
    if !members.isEmpty { members.append(UInt8(ascii: ",")) }
    members += JSONWriter.literal(name)
    members.append(UInt8(ascii: ":"))
    members += json
  }

  mutating func add(_ name: String, _ text: String?) {
    add(name, json: text.map(JSONWriter.literal))
  }

  mutating func add(_ name: String, _ number: Int?) {
    add(name, json: number.map { Array(String($0).utf8) })
  }

  mutating func add(_ name: String, _ flag: Bool?) {
    add(name, json: flag.map { Array(($0 ? "true" : "false").utf8) })
  }

  /// Adds a list of texts.
  mutating func add(_ name: String, _ texts: [String]) {
    let items = texts.map(JSONWriter.literal).joined(separator: [UInt8(ascii: ",")])
    add(name, json: [UInt8(ascii: "[")] + items + [UInt8(ascii: "]")])
  }

  /// Adds a field of the common request under its own name.
  mutating func add(_ change: RequestChange) {
    add(change.field.rawValue, json: change.literal)
  }

  /// Adds a list with one object in it or a nested object.
  mutating func add(_ name: String, _ object: JSONBody) { add(name, json: object.bytes) }
}
