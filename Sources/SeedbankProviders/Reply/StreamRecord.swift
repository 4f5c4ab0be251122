import SeedbankModel

/// The recorded events of a stream: a JSON array of objects with the name of each event and its unchanged
/// data.
struct StreamRecord {
  private(set) var bytes: [UInt8] = Array("[]".utf8)

  /// The event with the position of the first image of this stream.
  static let firstPosition = "first_position"
  /// The event with a whole reply that is not a stream.
  static let wholeReply = "whole_reply"
  private static let end = Array("[DONE]".utf8)

  /// - Parameter firstPosition: More than 1 if images of earlier attempts exist, which keep their
  ///   positions.
  init(firstPosition: Int = 1) {
    if firstPosition > 1 { append(Self.firstPosition, Array("\(firstPosition)".utf8)) }
  }

  /// Records a reply in JSON, whose bytes stay the same.
  ///
  /// Nil for a stream, which has a record of its own, and for a body that is not JSON.
  init?(wholeReply body: [UInt8], firstPosition: Int) {
    guard let root = try? JSONDocument(body).root, StreamEvents(root) == nil else { return nil }
    self.init(firstPosition: firstPosition)
    append(Self.wholeReply, Array(root.bytes[root.node.range]))
  }

  /// Adds an event.
  ///
  /// Previews are left out: they are large, and never a result.
  ///
  /// - Returns: Whether the event has an image or an error, or is the end of the stream.
  @discardableResult
  mutating func append(_ event: EventStreamParser.Event) -> Bool {
    let document = try? JSONDocument(event.data)
    let type = document?.root["type"]?.string ?? event.name
    guard !StreamEvents.isPreview(type) else { return false }
    let text = { JSONWriter.literal(String(decoding: event.data, as: UTF8.self)) }
    append(event.name, document.map { Array($0.bytes[$0.node.range]) } ?? text())
    if StreamEvents.isEnd(type) || Self.isEnd(event) { return true }
    return ["url", "b64_json", "error"].contains { document?.root[$0] != nil }
  }

  /// Whether this is the last event of a stream.
  static func isEnd(_ event: EventStreamParser.Event) -> Bool { event.data == end }

  private mutating func append(_ name: String, _ data: [UInt8]) {
    var event = JSONBody()
    event.add("event", name)
    event.add("data", json: data)
    bytes.removeLast()
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    bytes += event.bytes + [UInt8(ascii: "]")]
  }
}

/// The content of a recorded stream.
struct StreamEvents {
  /// The images and the failures of single images, with their positions.
  private(set) var elements: [ImageElement] = []
  /// Positions between those of the elements for which no event came, although the stream is whole.
  private(set) var gaps: [Int] = []
  /// Whether the last event has arrived.
  private(set) var isComplete = false
  /// Whether the service said what became of every image.
  ///
  /// An error for the whole request does not say it.
  private(set) var isWhole = false
  /// An error that is about the whole request.
  private(set) var error: JSONView?
  /// The data of the events, for values other than images.
  private let contents: [JSONView]

  /// Nil if the value is not a record of events.
  init?(_ root: JSONView) {
    guard let events = root.elements, !events.isEmpty,
      events.allSatisfy({ $0.members.map(\.key) == ["event", "data"] })
    else { return nil }
    contents = events.compactMap { $0["data"] }
    var first = 1
    // The index of the element at each position.
    var places: [Int: Int] = [:]
    for event in events {
      guard let data = event["data"] else { continue }
      let name = event["event"]?.string ?? ""
      if name == StreamRecord.firstPosition {
        first = data.integer.flatMap { Int(exactly: $0) }.map { min(max($0, 1), 1_000_000) } ?? 1
        continue
      }
      if name == StreamRecord.wholeReply {
        elements += ImageElement.used(in: data).map { $0.moved(by: first - 1) }
        (isComplete, isWhole) = (true, true)
        continue
      }
      let type = data["type"]?.string ?? name
      let isEnd = Self.isEnd(type)
      if isEnd || data.string == "[DONE]" {
        isComplete = true
        isWhole = isWhole || isEnd || error == nil
      }
      let index = data["image_index"]?.integer.flatMap { Int(exactly: $0) }
      let hasFailed = type.hasSuffix(".partial_failed")
      // The field with the image or the error can be null or missing.
      let isPlace = hasFailed || type.hasSuffix(".partial_succeeded")
      let isOfOne = index != nil || isPlace
      if data["error"] != nil, !isOfOne {
        error = data
        isComplete = true
        continue
      }
      guard isPlace || ["url", "b64_json", "error"].contains(where: { data[$0] != nil }) else {
        continue
      }
      var position = first + ((0..<10_000).contains(index ?? -1) ? index ?? 0 : places.count)
      let element = { (position: Int) in
        ImageElement(position: position, view: data, isPlace: isPlace, hasFailed: hasFailed)
      }
      // A second event for a place without an image can bring it.
      if index != nil, let place = places[position] {
        if element(position).isEmptyPlace { continue }
        if elements[place].isEmptyPlace {
          elements[place] = element(position)
          continue
        }
      }
      // An image is never dropped because another one has its number.
      while places[position] != nil { position += 1 }
      places[position] = elements.count
      elements.append(element(position))
    }
    if isWhole, let last = places.keys.max(), last - first < Self.largestGroup {
      let missing = (first...last).filter { places[$0] == nil }
      // If only the first number is missing, the service counts from 1.
      gaps = missing == [first] ? [] : missing
    }
  }

  /// More images than any service makes for one request.
  ///
  /// With a larger number, the numbers of the images are not positions.
  private static let largestGroup = 100

  static func isPreview(_ type: String) -> Bool { type.hasSuffix(".partial_image") }

  /// Whether an event with this type is the last one of the service.
  static func isEnd(_ type: String) -> Bool { type.hasSuffix(".completed") }

  /// The first value of a name in the events.
  subscript(name: String) -> JSONView? { contents.lazy.compactMap { $0[name] }.first }
}
