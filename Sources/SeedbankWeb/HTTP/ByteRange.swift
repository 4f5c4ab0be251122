/// The requested part of a file (RFC 9110, section 14).
enum ByteRange: Equatable {
  case whole
  case part(Range<Int64>)
  case unsatisfiable

  /// Reads the field `Range`.
  ///
  /// Several parts, and other units than bytes, mean the whole file.
  init(_ field: String?, size: Int64) {
    guard let field, field.hasPrefix("bytes=") else {
      self = .whole
      return
    }
    let ends = field.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy(HTTPByte.isDigit) }),
      ends.allSatisfy({ $0.utf8.count <= 18 })
    else {
      self = .whole
      return
    }
    switch (Int64(ends[0]), Int64(ends[1])) {
    case (let first?, let last?) where last < first: self = .whole
    case (let first?, let last):
      self =
        first < size ? .part(first..<min(size, (last ?? .max - 1) + 1)) : .unsatisfiable
    case (nil, let length?):
      self = length > 0 && size > 0 ? .part(max(0, size - length)..<size) : .unsatisfiable
    case (nil, nil): self = .whole
    }
  }
}
