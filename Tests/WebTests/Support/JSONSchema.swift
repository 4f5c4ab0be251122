import Foundation

/// The part of JSON Schema that docs/openapi.json uses.
struct JSONSchema {
  let document: [String: Any]

  /// Returns the parts of `value` that the schema does not allow, each with its position.
  func faults(_ value: Any, _ schema: Any, at place: String = "$") -> [String] {
    if let flag = schema as? Bool { return flag ? [] : ["\(place): must not be there"] }
    guard let schema = schema as? [String: Any] else { return ["\(place): no schema"] }
    if let name = schema["$ref"] as? String { return self.faults(value, resolved(name), at: place) }
    var faults: [String] = []
    for part in schema["allOf"] as? [Any] ?? [] { faults += self.faults(value, part, at: place) }
    if let choices = schema["oneOf"] as? [Any] {
      let matching = choices.filter { self.faults(value, $0).isEmpty }
      if matching.count != 1 { faults.append("\(place): \(matching.count) choices match") }
    }
    if let type = schema["type"] {
      let types = type as? [String] ?? [type as? String ?? ""]
      if !types.contains(where: { isOf($0, value) }) { faults.append("\(place): not \(types)") }
    }
    if let pattern = schema["pattern"] as? String, let text = value as? String,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      faults.append("\(place): \(text) does not match \(pattern)")
    }
    return faults + members(value, schema, place) + elements(value, schema, place)
  }

  private func members(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
    guard let object = value as? [String: Any] else { return [] }
    let properties = schema["properties"] as? [String: Any] ?? [:]
    let missing = (schema["required"] as? [String] ?? []).filter { object[$0] == nil }
    var faults = missing.map { "\(place).\($0): missing" }
    for (name, member) in object {
      if let property = properties[name] {
        faults += self.faults(member, property, at: "\(place).\(name)")
      } else if schema["additionalProperties"] as? Bool == false {
        faults.append("\(place).\(name): not described")
      }
    }
    return faults
  }

  private func elements(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
    guard let array = value as? [Any], let items = schema["items"] else { return [] }
    return array.enumerated().flatMap { faults($0.element, items, at: "\(place)[\($0.offset)]") }
  }

  private func isOf(_ type: String, _ value: Any) -> Bool {
    switch type {
    case "object": value is [String: Any]
    case "array": value is [Any]
    case "string": value is String
    case "null": value is NSNull
    case "boolean": isBoolean(value)
    case "integer":
      !isBoolean(value)
        && (value as? NSNumber).map { $0.doubleValue.rounded() == $0.doubleValue } ?? false
    case "number": !isBoolean(value) && value is NSNumber
    default: false
    }
  }

  private func isBoolean(_ value: Any) -> Bool {
    (value as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? (value is Bool)
  }

  private func resolved(_ reference: String) -> Any {
    reference.dropFirst(2).split(separator: "/").reduce(document as Any) { part, name in
      (part as? [String: Any])?[String(name)] ?? [:] as [String: Any]
    }
  }
}
