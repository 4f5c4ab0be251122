import Platform

extension String {
  /// Whether both have the same bytes.
  package func isIdentical(to other: String) -> Bool {
    let isEqual = utf8.withContiguousStorageIfAvailable { left in
      other.utf8.withContiguousStorageIfAvailable { right in
        guard left.count == right.count else { return false }
        guard let first = left.baseAddress, let second = right.baseAddress else { return true }
        return memcmp(first, second, left.count) == 0
      }
    }
    // Text of another kind of storage has no bytes to point at.
    return (isEqual ?? nil) ?? utf8.elementsEqual(other.utf8)
  }
}

extension String? {
  /// Whether both have the same bytes, or neither has a value.
  package func isIdentical(to other: String?) -> Bool {
    switch (self, other) {
    case (let text?, let other?): text.isIdentical(to: other)
    case (nil, nil): true
    default: false
    }
  }
}
