import Platform
package import SeedbankModel

/// The name of a file in `incoming/` that another program reads, such as rclone.
///
/// No row will refer to the file, so the process that writes it does not claim the image store. The name
/// has the id of that process. A check can therefore distinguish it from a file that a killed process left.
package enum ScratchFile {
  private static let prefix = "rclone-"

  /// Returns a name that no other process uses.
  ///
  /// - Parameter digest: identifies the file among those of this process.
  package static func name(for digest: Digest) -> String {
    "\(prefix)\(getpid())-\(digest.hex.prefix(32))"
  }

  /// Whether the process that made the name is running.
  static func isInUse(_ name: String) -> Bool {
    guard name.hasPrefix(prefix) else { return false }
    let digits = name.dropFirst(prefix.count).prefix(while: { $0 != "-" })
    guard let process = pid_t(digits), process > 0 else { return false }
    // A process of another user may not be signalled, but exists.
    return kill(process, 0) == 0 || errno == EPERM
  }
}
