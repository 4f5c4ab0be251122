/// A place that a library pushes to and pulls from.
public struct Remote: Hashable, Sendable {
  /// The name that people use.
  public let name: String
  /// Its address, without credentials.
  public let url: String
  /// The id in `format.json` of the remote; nil until the remote was contacted.
  public let id: String?

  /// Whether a remote can have the name: at most 64 letters, digits, `-`, `_` and `.`.
  public static func isName(_ text: String) -> Bool {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
      default: false
      }
    }
    return isPlain && (1...64).contains(text.utf8.count) && text.first != "-" && text.first != "."
  }
}

/// Why a remote's name cannot be used.
public enum RemoteNameError: Error, Hashable, Sendable {
  /// It is empty, too long, or has characters other than letters, digits, `-`, `_` and `.`.
  case badName(String)
  case exists(String)
  case unknown(String)
}

/// How far the exchange with one library over one remote has come.
package struct RemoteProgress: Hashable, Sendable {
  /// Of the last segment that was read, or written if it is this library's own.
  package var counter: Int64
  /// The version of the head that was read, or the counter that this library's head has.
  package var head: String?

  package init(counter: Int64 = 0, head: String? = nil) {
    self.counter = counter
    self.head = head
  }
}
