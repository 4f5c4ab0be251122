public import FilePaths
import SeedbankProviders

/// The address of a remote, as people type it.
///
/// It never holds credentials, so options of rclone are refused: they can be passwords.
public enum RemoteAddress: Hashable, Sendable {
  /// `file:///media/nas/seedbank`; percent escapes, as file managers write them, are undone.
  case folder(FilePath)
  /// `s3://bucket/prefix?endpoint=…&region=…&style=path|virtual`
  case s3(S3Location)
  /// `rclone:REMOTE:path`
  case rclone(String)

  /// - Throws: `RemoteError.badAddress`.
  public init(_ text: String) throws(RemoteError) {
    func bad(_ reason: RemoteError.AddressFault) -> RemoteError {
      .badAddress(Self.shown(text), reason: reason)
    }
    if text.hasPrefix("file://") {
      let path = text.dropFirst(7)
      guard path.hasPrefix("/"), path.count > 1 else { throw bad(.relativePath) }
      self = .folder(Self.path(String(path)).withoutTrailingSlashes)
    } else if text.hasPrefix("rclone:") {
      let remote = text.dropFirst(7)
      guard let colon = remote.firstIndex(of: ":"), colon != remote.startIndex,
        remote.unicodeScalars.first != "-",
        !remote.unicodeScalars.contains(where: { $0.value < 0x20 })
      else { throw bad(.rcloneRemote) }
      guard !remote[..<colon].unicodeScalars.contains(where: { $0 == "," || $0 == "=" }) else {
        throw bad(.rcloneOptions)
      }
      let trimmed = remote.last == "/" ? remote.dropLast() : remote
      self = .rclone(String(trimmed))
    } else if text.hasPrefix("s3://") {
      do throws(AddressFault) {
        self = .s3(try S3Location(text.dropFirst(5)))
      } catch {
        throw bad(error.reason)
      }
    } else {
      throw bad(.scheme)
    }
  }
}

/// The reason of a bad address on its way to the text that it is in.
struct AddressFault: Error {
  let reason: RemoteError.AddressFault
}

/// Where an S3 bucket is.
public struct S3Location: Hashable, Sendable {
  let bucket: String
  /// Without slashes at its ends; empty for the whole bucket.
  let prefix: String
  /// Nil for AWS.
  let endpoint: String?
  /// Nil: from the environment.
  let region: String?
  /// Whether the bucket is in the path rather than in the host name.
  let usesPath: Bool

  /// - Parameter text: what follows `s3://`.
  init(_ text: Substring) throws(AddressFault) {
    let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let path = parts[0].split(separator: "/", omittingEmptySubsequences: true)
    guard let bucket = path.first, Self.isBucket(bucket), parts[0].first != "/" else {
      throw AddressFault(reason: .bucket)
    }
    self.bucket = String(bucket)
    prefix = path.dropFirst().joined(separator: "/")
    guard prefix.utf8.allSatisfy(Self.isPlain), !path.contains(".."), !path.contains(".") else {
      throw AddressFault(reason: .bucket)
    }
    var (endpoint, region, style): (String?, String?, String?)
    for item in parts.count > 1 ? parts[1].split(separator: "&") : [] {
      let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else { throw AddressFault(reason: .parameter) }
      switch pair[0] {
      case "endpoint": endpoint = String(pair[1])
      case "region" where !pair[1].isEmpty && pair[1].utf8.allSatisfy(Self.isPlain):
        region = String(pair[1])
      case "style" where pair[1] == "path" || pair[1] == "virtual": style = String(pair[1])
      default: throw AddressFault(reason: .parameter)
      }
    }
    if let given = endpoint {
      let full = given.contains("://") ? given : "https://" + given
      let trimmed = full.hasSuffix("/") ? String(full.dropLast()) : full
      guard WebClient.host(of: trimmed) != nil, trimmed.split(separator: "/").count == 2 else {
        throw AddressFault(reason: .endpoint)
      }
      endpoint = trimmed
    }
    self.endpoint = endpoint
    self.region = region
    // A dot in a bucket's name would not match the certificate of the host.
    usesPath = style.map { $0 == "path" } ?? (endpoint != nil || bucket.contains("."))
  }

  private static func isBucket(_ text: Substring) -> Bool {
    (3...63).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E
      }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F: true
    default: false
    }
  }
}
