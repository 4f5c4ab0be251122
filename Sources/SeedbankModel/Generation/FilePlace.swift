/// Where the file of an image is.
///
/// SeedbankStorage has the definition in SQL.
public enum FilePlace: String, Hashable, Sendable, CaseIterable {
  case library
  /// It is not in the library, and a remote has it.
  case remote
  /// It is neither in the library nor on a remote.
  case missing

  /// Returns the place that follows from the columns of an image.
  ///
  /// - Parameters:
  ///   - missingSince: when the file was found missing in the library.
  ///   - isOnRemote: whether a remote has it.
  init(missingSince: Timestamp?, isOnRemote: Bool) {
    self = missingSince == nil ? .library : isOnRemote ? .remote : .missing
  }
}
