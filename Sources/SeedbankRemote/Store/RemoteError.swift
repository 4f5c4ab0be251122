public import FilePaths
public import SeedbankProviders

/// Why a remote could not be used.
///
/// No case holds a key or a signed address.
public enum RemoteError: Error, Equatable, Sendable {
  /// The text is not the address of a remote; only the part of it that cannot be a secret.
  case badAddress(String, reason: AddressFault)
  /// A folder's file could not be used.
  case file(operation: String, path: FilePath, errno: Int32)
  /// The service refused; its own code, such as `AccessDenied`.
  case refused(status: Int, code: String)
  /// The service could not be reached, or failed again and again.
  case unreachable(ConnectionFault)
  case unavailable(status: Int)
  case timedOut
  /// The reply of the service is not what S3 defines.
  case badReply
  /// No credentials were found.
  case noCredentials(profile: String)
  case badCredentials
  /// rclone is not installed, or it failed with this last line.
  case noRclone
  case rclone(status: Int32, message: String)
  /// An object has more bytes than it may have.
  case tooLarge(key: String, limit: Int)
  /// The folder is that of a library, or inside it.
  case insideLibrary(FilePath, library: FilePath)
  /// The remote has no `format.json`, so nothing was pushed to it.
  case empty
  /// The remote was used before, and is empty now: it is probably not mounted.
  case vanished
  /// Another process is pushing from this library.
  case busy
  /// The library has changes that were not pushed, so it cannot write a snapshot.
  case unpushed
  /// A newer Seedbank wrote to the remote.
  case newerFormat(found: Int, supported: Int)
  /// `format.json` is not that of a Seedbank remote.
  case notARemote

  /// What is wrong with the address of a remote.
  public enum AddressFault: Hashable, Sendable {
    case scheme
    case relativePath
    case bucket
    case endpoint
    case parameter
    case rcloneRemote
    /// The name of rclone's remote has options, which can be passwords.
    case rcloneOptions
  }

  /// Whether the same request may succeed a little later.
  var isPassing: Bool {
    switch self {
    case .timedOut, .unavailable: true
    case .unreachable(let fault):
      switch fault {
      case .refused, .timedOut, .closed, .badReply, .noRoute, .other: true
      default: false
      }
    default: false
    }
  }
}
