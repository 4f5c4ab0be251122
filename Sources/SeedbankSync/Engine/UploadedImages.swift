import Synchronization

/// The links of the reference images that a run has uploaded, so that many requests share one upload.
final class UploadedImages: Sendable {
  private struct Upload {
    let link: String
    let uploadedAt: Duration
  }

  private let uploads = Mutex<[String: Upload]>([:])

  /// How long a link is used, which is far less than services keep files.
  private static let lifetime = Duration.seconds(3_600)

  /// The link of an image at a provider; nil if it must be uploaded.
  func link(_ placeholder: String, at provider: String, _ uptime: Duration) -> String? {
    uploads.withLock { uploads in
      uploads[provider + "/" + placeholder].flatMap {
        uptime - $0.uploadedAt < Self.lifetime ? $0.link : nil
      }
    }
  }

  /// Notes the link of an image.
  func note(_ link: String, of placeholder: String, at provider: String, _ uptime: Duration) {
    uploads.withLock {
      $0[provider + "/" + placeholder] = Upload(link: link, uploadedAt: uptime)
    }
  }
}
