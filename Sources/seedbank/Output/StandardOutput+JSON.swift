import SeedbankModel

extension StandardOutput {
  /// Writes values as one JSON array, or as one JSON value on each line.
  func write<Value>(
    json values: [Value], onLines: Bool, _ write: (Value, inout JSONWriter) -> Void
  ) {
    var writer = JSONWriter()
    if onLines {
      for value in values {
        write(value, &writer)
        writer.newline()
      }
    } else {
      writer.array { array in
        for value in values { write(value, &array) }
      }
      writer.newline()
    }
    self.write(writer.bytes)
  }
}
