import SeedbankModel
import SeedbankProviders

/// Tells whether two keys are the same without holding either: a salt, and a digest of salt and key.
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

  /// As it is recorded: `SALT:DIGEST` in hexadecimal digits.
  var text: String { "\(salt.hex):\(digest.hex)" }

  /// Whether the client has the key that the mark was made of.
  func fits(_ client: GatewayClient) -> Bool { Self.digest(client, salt) == digest }

  private static func digest(_ client: GatewayClient, _ salt: Digest) -> Digest {
    client.withKey { Digest(of: salt.bytes + $0) }
  }
}
