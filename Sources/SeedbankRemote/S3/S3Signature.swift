internal import CNettle
import SeedbankModel

/// Signature Version 4 of AWS, which signs the digest of the body too.
///
/// Source: "Create a signed AWS API request" in the AWS Identity and Access Management User Guide.
struct S3Signer: Sendable {
  let credentials: S3Credentials
  let region: String

  /// The fields that sign a request; `Host` is not among them, because libcurl sends it.
  ///
  /// - Parameters:
  ///   - path: percent-encoded, beginning with a slash.
  ///   - query: names and values, not encoded.
  ///   - payload: the digest of the body.
  func headers(
    method: String, host: String, path: String, query: [(String, String)], payload: Digest,
    extra: [(name: String, value: String)] = [], at now: Timestamp
  ) -> [(name: String, value: String)] {
    let time = Self.time(now)
    let payload = payload.hex
    var fields = extra
    fields.append((name: "x-amz-content-sha256", value: payload))
    fields.append((name: "x-amz-date", value: time))
    if let token = credentials.sessionToken {
      fields.append((name: "x-amz-security-token", value: token))
    }
    let signed = (fields + [(name: "host", value: host)])
      .map { (name: $0.name.lowercased(), value: $0.value) }.sorted { $0.name < $1.name }
    let names = signed.map(\.name).joined(separator: ";")
    let canonical = [
      method, path, Self.queryText(query),
      signed.map { "\($0.name):\($0.value)\n" }.joined(), names, payload,
    ].joined(separator: "\n")
    let scope = "\(time.prefix(8))/\(region)/s3/aws4_request"
    let text = ["AWS4-HMAC-SHA256", time, scope, Digest(of: canonical.utf8).hex]
      .joined(separator: "\n")
    var key = Array("AWS4\(credentials.secretKey)".utf8)
    for part in scope.split(separator: "/") { key = Self.code(Array(part.utf8), key: key) }
    let signature = Hex.string(Self.code(Array(text.utf8), key: key))
    fields.append(
      (
        name: "Authorization",
        value: "AWS4-HMAC-SHA256 Credential=\(credentials.accessKey)/\(scope), "
          + "SignedHeaders=\(names), Signature=\(signature)"
      ))
    return fields
  }

  /// `20261127T101500Z`.
  static func time(_ time: Timestamp) -> String {
    let text = time.description.filter { $0 != "-" && $0 != ":" }
    return text.prefix { $0 != "." && $0 != "Z" } + "Z"
  }

  /// Names and values, encoded and in the order that the signature needs.
  static func queryText(_ query: [(String, String)]) -> String {
    query.map { "\(encoded($0.0))=\(encoded($0.1))" }.sorted().joined(separator: "&")
  }

  /// Percent-encodes all but unreserved characters.
  static func encoded(_ text: String, keepsSlashes: Bool = false) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
        result.unicodeScalars.append(Unicode.Scalar(byte))
      case 0x2F where keepsSlashes: result += "/"
      default: result += "%" + Hex.string([byte]).uppercased()
      }
    }
    return result
  }

  /// HMAC-SHA-256 (RFC 2104).
  static func code(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    let size = 32
    var context = hmac_sha256_ctx()
    nettle_hmac_sha256_set_key(&context, key.count, key)
    nettle_hmac_sha256_update(&context, message.count, message)
    return Array(unsafeUninitializedCapacity: size) { code, count in
      nettle_hmac_sha256_digest(&context, size, code.baseAddress)
      count = size
    }
  }
}
