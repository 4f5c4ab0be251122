import SeedbankModel
import SeedbankProviders

/// Recognizes a key without storing it: a salt, and the digest of salt and key.
struct AccountMark: Equatable {
  private let salt: Digest
  private let digest: Digest

  init(of client: GatewayClient, salt: Digest) {
    self.salt = salt
    digest = Self.digest(client, salt)
  }

  /// Reads a recorded mark; nil if the text is not one.
  init?(_ text: String) {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let salt = Digest(parts[0]), let digest = Digest(parts[1]) else {
      return nil
    }
    (self.salt, self.digest) = (salt, digest)
  }

  /// The recorded form: `SALT:DIGEST` in hexadecimal digits.
  var text: String { "\(salt.hex):\(digest.hex)" }

  /// Whether the mark was made from the client's key.
  func fits(_ client: GatewayClient) -> Bool { Self.digest(client, salt) == digest }

  private static func digest(_ client: GatewayClient, _ salt: Digest) -> Digest {
    client.withKey { Digest(of: salt.bytes + $0) }
  }
}
