/// Chooses the prefixes of a block in a packet.
enum XMPPrefixes {
  /// The prefixes that have another meaning in the block.
  private static let reserved: Set<String> = ["rdf", "xml", "xmlns"]

  /// A prefix for each namespace, different from those of the others.
  ///
  /// A packet can give one prefix to several namespaces, but an element can declare it only once.
  ///
  /// - Parameters:
  ///   - namespaces: the namespaces with their usual prefixes.
  ///   - packet: the prefixes that the packet uses for its namespaces. They are preferred.
  static func chosen(
    for namespaces: [(namespace: String, prefix: String)], in packet: [String: String]
  ) -> [String: String] {
    var chosen: [String: String] = [:]
    var taken = reserved
    for (namespace, _) in namespaces {
      guard let prefix = packet[namespace], isName(prefix), taken.insert(prefix).inserted else {
        continue
      }
      chosen[namespace] = prefix
    }
    for (namespace, usual) in namespaces where chosen[namespace] == nil {
      var prefix = usual
      var number = 2
      while !taken.insert(prefix).inserted {
        prefix = "\(usual)\(number)"
        number += 1
      }
      chosen[namespace] = prefix
    }
    return chosen
  }

  /// Whether it is an ASCII name without a colon (Namespaces in XML 1.0, production 4).
  private static func isName(_ prefix: String) -> Bool {
    guard let first = prefix.utf8.first, isLetter(first) else { return false }
    return prefix.utf8.allSatisfy { byte in
      isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
