extension RandomAccessCollection {
  /// The elements in their order, `size` at a time; the last chunk may be shorter.
  ///
  /// - Parameter size: At least 1.
  package func chunks(of size: Int) -> some Sequence<SubSequence> {
    stride(from: 0, to: count, by: size).lazy.map { dropFirst($0).prefix(size) }
  }
}
