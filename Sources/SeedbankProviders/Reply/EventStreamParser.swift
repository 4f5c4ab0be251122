/// Parses server-sent events while they arrive.
///
/// Source: WHATWG HTML, 9.2.6.
struct EventStreamParser {
  /// One event: its name, which may be empty, and its data.
  struct Event: Equatable {
    let name: String
    let data: [UInt8]
  }

  private var line: [UInt8] = []
  private var name = ""
  private var data: [UInt8] = []
  private var hasData = false
  private var endsWithReturn = false
  private var hasBegun = false

  /// The number of bytes of the event that is not complete yet.
  var unfinishedCount: Int { line.count + data.count }

  /// Reads the next bytes and returns the completed events.
  mutating func take(_ bytes: some Sequence<UInt8>) -> [Event] {
    var events: [Event] = []
    for byte in bytes where hasBegun || !EventStreamBeginning.isBlank(byte) {
      hasBegun = true
      let isSecondHalf = endsWithReturn && byte == 0x0A
      endsWithReturn = byte == 0x0D
      if isSecondHalf { continue }
      if byte == 0x0A || byte == 0x0D {
        if let event = endLine() { events.append(event) }
      } else {
        line.append(byte)
      }
    }
    return events
  }

  /// The last event, if the stream ended before the blank line after it.
  mutating func finish() -> Event? {
    if !line.isEmpty, let event = endLine() { return event }
    return endEvent()
  }

  private mutating func endLine() -> Event? {
    defer { line.removeAll(keepingCapacity: true) }
    if line.isEmpty { return endEvent() }
    if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
    var value = line[min(colon + 1, line.endIndex)...]
    if value.first == 0x20 { value = value.dropFirst() }
    switch String(decoding: line[..<colon], as: UTF8.self) {
    case "data":
      if hasData { data.append(0x0A) }
      data += value
      hasData = true
    case "event": name = String(decoding: value.prefix(200), as: UTF8.self)
    default: break
    }
    return nil
  }

  private mutating func endEvent() -> Event? {
    defer {
      name = ""
      data = []
      hasData = false
    }
    return hasData ? Event(name: name, data: data) : nil
  }
}
