@testable import SeedbankProviders

extension StreamRecord {
  /// Returns the record of a whole body of events; nil for another body.
  static func converting(_ body: [UInt8]) -> [UInt8]? {
    var beginning = EventStreamBeginning()
    guard beginning.take(body) == true else { return nil }
    var parser = EventStreamParser()
    var record = StreamRecord()
    for event in parser.take(body) { record.append(event) }
    if let last = parser.finish() { record.append(last) }
    return record.bytes
  }
}
