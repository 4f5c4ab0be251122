import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import Synchronization

/// Writes downloaded bytes into an incoming file.
struct FileSink: DownloadSink {
  let file: IncomingFile
  /// Identifies the link without storing it, because links are signed.
  let link: Digest

  /// The state of an earlier download of the same link, if it can be resumed.
  func resumption() -> Resumption? {
    guard file.size > 0, let origin = file.origin, let newline = origin.firstIndex(of: "\n"),
      origin[..<newline] == link.description
    else { return nil }
    let validator = String(origin[origin.index(after: newline)...])
    // Without a validator, the server's file may have changed.
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
