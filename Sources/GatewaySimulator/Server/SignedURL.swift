import FoundationEssentials

/// An address for a file in a reply.
struct IssuedFile: Codable, Equatable, Sendable {
  /// Path and query, exactly as they must be requested.
  var uri: String
  /// Seconds since 1970.
  var expires: Double
  /// The number of the image in its job.
  var position: Int
}

/// Makes addresses.
enum SignedURL {
  static let day: Double = 86_400

  /// A path with an expiry and a pseudo-signature.
  ///
  /// Its `%2B`, `%2F` and `%3D` change if a client rewrites addresses.
  static func uri(of name: Digest64, expires: Double) -> String {
    let digest = name.adding(Int(expires.rounded(.up)))
    let words = [digest.adding("a"), digest.adding("b")].map(\.value)
    let bytes = words.flatMap { word in
      (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
    }
    let signature = Data(bytes).base64EncodedString()
      .replacing("+", with: "%2B").replacing("/", with: "%2F").replacing("=", with: "%3D")
    let path = "/images/\(name.hexadecimal).jpg"
    return "\(path)?Expires=\(Int(expires.rounded(.up)))&Signature=\(signature)"
  }
}

extension GatewayState {
  /// New addresses for the images of a job that did not fail.
  func issues(for job: Job) -> [IssuedFile] {
    let expires = settings.now() + job.lifetime
    return job.pictures.indices.filter { !job.failed.contains($0) }.map { position in
      let name = Digest64().adding(job.id).adding(position)
      return IssuedFile(
        uri: SignedURL.uri(of: name, expires: expires) + job.linkSuffix, expires: expires,
        position: position)
    }
  }

  func register(_ issues: [IssuedFile], of job: Job) {
    for issue in issues {
      files[issue.uri] = File(picture: job.pictures[issue.position], expires: issue.expires)
    }
  }

  func items(of job: Job, _ issues: [IssuedFile], base64: Bool) -> [Offer.Item] {
    job.pictures.enumerated().map { position, picture in
      if job.failed.contains(position) {
        return .failure(
          code: "OutputImageSensitiveContentDetected",
          message: "The output image may contain sensitive information.")
      }
      if let issue = issues.first(where: { $0.position == position }), !base64 {
        return .url(baseURL + issue.uri, picture.size)
      }
      return .picture(picture)
    }
  }
}
