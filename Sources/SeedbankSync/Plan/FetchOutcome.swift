public import SeedbankImaging
public import SeedbankModel
public import SeedbankProviders

/// The result of downloading one offered image.
package enum FetchOutcome: Sendable, Equatable {
  case stored
  /// The server says that the link expired or that its file is gone.
  case expired(status: Int)
  /// The server refuses the link without a reason. The file may not exist yet.
  case refused(status: Int, retryAfter: Duration?)
  /// Another attempt may succeed.
  case trouble(FetchTrouble, retryAfter: Duration?)
  /// Another attempt now would have the same result. The image stays offered for a later run.
  case unfetchable(FetchTrouble)
  /// The bytes are complete, but they are not an image.
  case unusable(FetchTrouble)
  /// The run is ending. The received bytes are kept for the next run.
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
