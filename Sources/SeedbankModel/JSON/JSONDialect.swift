/// Which JSON is accepted from a writer that is not ours.
package struct JSONDialect: Sendable {
  /// Arrays and objects within one another, at most; more would use up the stack.
  package let depthLimit: Int
  /// Values, at most: a value costs more memory than its bytes.
  package let valueLimit: Int
  /// Whether `NaN` and infinities are read, as null.
  let acceptsNonFinite: Bool

  /// RFC 8259, as services reply.
  package static let standard = JSONDialect(
    depthLimit: 64, valueLimit: 100_000, acceptsNonFinite: false)

  /// What Python writes into images: its `json` writes `NaN` and `Infinity`.
  ///
  /// A ComfyUI graph can have a hundred thousand values.
  package static let python = JSONDialect(
    depthLimit: 100, valueLimit: 1_000_000, acceptsNonFinite: true)
}
