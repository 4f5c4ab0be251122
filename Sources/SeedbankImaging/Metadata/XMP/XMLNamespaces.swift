/// The namespaces of the prefixes that an element can use.
///
/// Each element stores only its own declarations, so the memory of a text is proportional to its length.
final class XMLNamespaces: Sendable {
  private let declared: [String: String]
  /// The namespaces around the element.
  private let outer: XMLNamespaces?

  init(_ declared: [String: String], inside outer: XMLNamespaces? = nil) {
    self.declared = declared
    self.outer = outer
  }

  /// The namespace of a prefix, or nil if no element around declares it.
  subscript(prefix: String) -> String? {
    if let namespace = declared[prefix] { return namespace }
    return outer?[prefix]
  }
}
