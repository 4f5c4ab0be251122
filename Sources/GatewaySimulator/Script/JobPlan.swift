/// The course of a job, poll by poll.
package struct JobPlan: Codable, Equatable, Sendable {
  /// The status of each poll, in order.
  ///
  /// The last one is repeated. nil means `succeeded`.
  ///
  /// A word that means succeeded, success or completed (without case, `_`, `-` and spaces) brings the
  /// images. Words such as failed, failure, error and nsfw bring an error.
  package var statuses: [String]?
  /// The number of polls that answer 404 before the job is known.
  package var missing: Int?
  /// Whether success includes the images; nil means yes.
  package var images: Bool?
  /// The number of polls that report success before the images exist.
  package var empty: Int?
  /// Whether these polls list a link that is null; nil: they list nothing.
  package var nullLinks: Bool?
  /// Whether a running job shows a preview, a small image that is not the result; nil means no.
  package var preview: Bool?
  /// The member with the images.
  package var container: ImageContainer?
  /// The form of each image.
  package var element: ImageElement?
  /// The form of base64.
  package var base64: Base64Spelling?
  /// Whether the reply is inside a `data` object; nil means no.
  package var wrapped: Bool?
  /// The form of the creation time.
  package var created: TimeSpelling?

  /// Makes a plan; nil means the usual reply.
  package init(
    statuses: [String]? = nil, missing: Int? = nil, images: Bool? = nil, empty: Int? = nil,
    nullLinks: Bool? = nil,
    preview: Bool? = nil, container: ImageContainer? = nil, element: ImageElement? = nil,
    base64: Base64Spelling? = nil, wrapped: Bool? = nil, created: TimeSpelling? = nil
  ) {
    self.statuses = statuses
    self.missing = missing
    self.images = images
    self.empty = empty
    self.nullLinks = nullLinks
    self.preview = preview
    self.container = container
    self.element = element
    self.base64 = base64
    self.wrapped = wrapped
    self.created = created
  }
}
