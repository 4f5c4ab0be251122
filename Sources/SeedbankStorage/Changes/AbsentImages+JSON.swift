import SeedbankModel

extension AbsentImages {
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("images", total.images)
      object.member("sum", total.sum)
      object.key("generations")
      object.object { list in
        for (id, count) in counts.sorted(by: { $0.key < $1.key }) {
          list.key("\(id)")
          list.array { numbers in
            numbers.value(count.images)
            numbers.value(count.onRemote)
          }
        }
      }
    }
  }

  /// Reads what `write` wrote.
  init(from reader: inout JSONReader) throws(RecordError) {
    var absent = AbsentImages()
    try reader.members { (name, reader) throws(RecordError) in
      switch name {
      case "images": absent.total.images = try reader.integer()
      case "sum": absent.total.sum = try reader.integer()
      case "generations":
        try reader.members { (id, reader) throws(RecordError) in
          var numbers: [Int64] = []
          try reader.array { (reader) throws(RecordError) in
            numbers.append(try reader.integer())
          }
          guard let id = Int64(id), numbers.count == 2 else { return }
          absent.counts[id] = Count(images: numbers[0], onRemote: numbers[1])
        }
      default: try reader.skipValue()
      }
    }
    self = absent
  }
}
