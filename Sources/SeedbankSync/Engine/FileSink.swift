import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import Synchronization

/// Downloaded bytes on their way into an incoming file.
struct FileSink: DownloadSink {
  let file: IncomingFile
  /// What names the link without being it, since links are signed.
  let link: Digest

  /// What an earlier download of the same link left, where it may be gone on with.
  func resumption() -> Resumption? {
    guard file.size > 0, let origin = file.origin, let newline = origin.firstIndex(of: "\n"),
      origin[..<newline] == link.description
    else { return nil }
    let validator = String(origin[origin.index(after: newline)...])
    // Without a validator nothing vouches for the bytes being the same ones still.
    return validator.isEmpty ? nil : Resumption(offset: file.size, validator: validator)
  }

  func begin(_ start: DownloadStart) async throws {
    if start.offset == 0 || start.offset != file.size { try file.restart() }
    if let validator = start.validator {
      try file.remember(origin: "\(link)\n\(validator)")
    } else {
      file.forgetOrigin()
    }
  }

  func write(_ chunk: [UInt8]) async throws {
    try chunk.withUnsafeBytes { try file.append($0) }
  }
}
