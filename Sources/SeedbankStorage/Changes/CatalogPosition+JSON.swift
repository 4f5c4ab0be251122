import SeedbankModel
import SeedbankQuery

extension CatalogPosition {
  /// One JSON object on one line; nil if it would be long.
  package var json: String? {
    guard unfinished.count + trashed.count + absent.counts.count <= Self.mostListed else {
      return nil
    }
    var writer = JSONWriter()
    writer.object { object in
      object.member("newest", newest)
      object.member("last_change", lastChange)
      object.member("standing_change", standingChange)
      object.member("pulled", pulled)
      object.key("unfinished")
      object.object { statuses in
        for (id, status) in unfinished.sorted(by: { $0.key < $1.key }) {
          statuses.member("\(id)", status)
        }
      }
      object.key("trashed")
      object.array { ids in
        for id in trashed.sorted() { ids.value(id) }
      }
      object.key("absent")
      absent.write(to: &object)
    }
    return writer.text
  }

  private static let mostListed = 10_000

  /// Reads what `json` wrote; nil for anything else.
  package init?(json: String) {
    self.init()
    var json = json
    let isRead = json.withUTF8 { bytes in
      var reader = JSONReader(bytes)
      return (try? read(from: &reader)) != nil
    }
    guard isRead else { return nil }
  }

  private mutating func read(from reader: inout JSONReader) throws(RecordError) {
    var position = self
    try reader.members { (name, reader) throws(RecordError) in
      switch name {
      case "newest": position.newest = try reader.integer()
      case "last_change": position.lastChange = try reader.integer()
      case "standing_change": position.standingChange = try reader.integer()
      case "pulled": position.pulled = try reader.integer()
      case "unfinished":
        try reader.members { (id, reader) throws(RecordError) in
          let status = try reader.string()
          if let id = Int64(id) { position.unfinished[id] = status }
        }
      case "trashed":
        try reader.array { (reader) throws(RecordError) in
          position.trashed.insert(try reader.integer())
        }
      case "absent": position.absent = try AbsentImages(from: &reader)
      default: try reader.skipValue()
      }
    }
    try reader.end()
    self = position
  }
}
