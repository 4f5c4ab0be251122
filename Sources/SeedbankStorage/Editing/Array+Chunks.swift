extension Array {
  /// The elements in their order, `size` at a time; the last chunk may be shorter.
  func chunks(of size: Int) -> some Sequence<ArraySlice<Element>> {
    stride(from: 0, to: count, by: size).lazy.map { self[$0..<Swift.min($0 + size, count)] }
  }
}
