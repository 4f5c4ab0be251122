public import Gateway
public import Imaging

/// What came of fetching one offered image.
public enum FetchOutcome: Sendable, Equatable {
  case stored
  /// The link is dead.
  case expired(status: Int)
  /// It may go better at another time.
  case trouble(FetchTrouble, retryAfter: Duration?)
  /// Trying again at once would bring the same; it stays offered for a later run.
  case unfetchable(FetchTrouble)
  /// The bytes are all here, and they are no image that can be kept.
  case unusable(FetchTrouble)
  /// The run is ending; what is here is kept for the next.
  case interrupted
}

/// Why an offered image is not in the library.
public enum FetchTrouble: Sendable, Equatable {
  case download(DownloadError)
  case notAnImage(ImageError)
  case notBase64(Base64Error)
}
