/// Segments of one library that were read from a remote, and checked.
package struct PulledSegments: Sendable {
  package let remote: String
  package let library: String
  /// How far they reach.
  package let progress: RemoteProgress?
  /// The last segments of all libraries whose records they contain, if they are those of a snapshot.
  package let counters: [String: Int64]
  /// The state of this library before the pull; nil before the merge of these segments.
  let start: MergeStart?

  /// - Parameter progress: nil if they are noted as read later.
  package init(
    remote: String, library: String, progress: RemoteProgress?, since start: MergeStart? = nil
  ) {
    self.remote = remote
    self.library = library
    self.progress = progress
    self.start = start
    counters = [:]
  }

  /// A part of a snapshot; `counters` is empty unless it is the last one.
  package init(
    snapshotOn remote: String, of library: String, counters: [String: Int64],
    since start: MergeStart
  ) {
    self.remote = remote
    self.library = library
    self.start = start
    progress = nil
    self.counters = counters
  }
}
