extension [SegmentHeader] {
  /// The counter of the segment from which on the library sent all its records again; 0 if it did not.
  ///
  /// Segments before it are not needed any more. The elements are the whole segments of one library. None may
  /// be absent between the one that begins and the one that completes: each refers to the segment before it.
  var sentAgainFrom: Int64 {
    var start: Int64?
    var present: Set<Int64> = []
    var complete: Int64 = 0
    for header in sorted(by: { $0.counter < $1.counter }) {
      if header.restarts {
        start = header.counter
        present = []
      } else if start != nil, !(header.previous.map { present.contains($0) } ?? false) {
        start = nil
      }
      present.insert(header.counter)
      if header.completes, let start { complete = start }
    }
    return complete
  }
}
