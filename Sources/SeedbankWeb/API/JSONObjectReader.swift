import FoundationEssentials

/// Reads request bodies, which are JSON objects with known members.
enum JSONObjectReader {
  /// - Throws: `APIError.badJSON`, `.notAnObject`, or what the value's own decoding throws.
  static func decode<Value: Decodable>(_ type: Value.Type, from json: [UInt8]) throws -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(json))
    } catch let error as DecodingError {
      if case .dataCorrupted = error { throw APIError.badJSON }
      throw APIError.notAnObject
    }
  }
}

private struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

extension Decoder {
  /// Refuses unknown members, because a typing error in a name must not change the meaning.
  func allowOnly(_ names: [String]) throws {
    for key in try container(keyedBy: AnyKey.self).allKeys where !names.contains(key.stringValue) {
      throw APIError.badValue(key.stringValue, "nothing: it is not a known member")
    }
  }
}

extension KeyedDecodingContainer {
  /// The value of a member; nil if it is null or left out.
  /// - Parameter takes: the accepted values, for the error.
  func value<Value: Decodable>(_ key: Key, _ takes: String) throws -> Value? {
    do {
      return try decodeIfPresent(Value.self, forKey: key)
    } catch let error as APIError {
      throw error
    } catch {
      // Foundation's error for a number that does not fit is not a `DecodingError`.
      throw APIError.badValue(key.stringValue, takes)
    }
  }
}
