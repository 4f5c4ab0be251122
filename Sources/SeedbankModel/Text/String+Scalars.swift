extension String {
  /// The text with `replacement` in the place of each of these scalars.
  ///
  /// Other programs read scalars or bytes. A scalar with a combining mark is one `Character`, which
  /// `replacing(_:with:)` does not find.
  package func replacingEach(_ scalar: Unicode.Scalar, with replacement: String) -> String {
    unicodeScalars.split(separator: scalar, omittingEmptySubsequences: false)
      .map { String($0) }.joined(separator: replacement)
  }
}
