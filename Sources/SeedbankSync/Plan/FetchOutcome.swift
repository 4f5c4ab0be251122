public import SeedbankImaging
public import SeedbankProviders

/// What came of fetching one offered image.
public enum FetchOutcome: Sendable, Equatable {
  case stored
  /// The server says that the link expired or that its file is gone.
  case expired(status: Int)
  /// The server refuses the link, with no word of why: perhaps its file is not there yet.
  case refused(status: Int, retryAfter: Duration?)
  /// It may go better at another time.
  case trouble(FetchTrouble, retryAfter: Duration?)
  /// Trying again at once would bring the same; it stays offered for a later run.
  case unfetchable(FetchTrouble)
  /// The bytes are all here, and they are not an image that can be kept.
  case unusable(FetchTrouble)
  /// The run is ending; what is here is kept for the next.
  case interrupted
}

/// Why an offered image is not in the library.
public enum FetchTrouble: Sendable, Equatable {
  case download(DownloadError)
  /// The server refuses the link.
  case refused(status: Int)
  case notAnImage(ImageError)
  case notBase64(Base64Error)
}
