extension GenerationRecord {
  /// The heads of the columns that `cells` fills.
  public static let columns = [
    "id", "uid", "status", "prompt", "model", "size", "width", "height", "seed", "guidance_scale",
    "watermark", "response_format", "created_at", "completed_at", "tags", "rating", "favorite",
    "note", "parent", "job_set_id", "error", "images", "path", "sha256",
  ]

  /// The record as a row of a table: tags with `;` between them, of the images their number and the
  /// first one's path and digest.
  public var cells: [String?] {
    [
      id?.description, uid?.description, status?.rawValue, prompt, parameters.model,
      parameters.size, parameters.width?.description, parameters.height?.description,
      parameters.seed?.description, parameters.guidanceScale?.description,
      parameters.watermark?.description, parameters.responseFormat, createdAt?.description,
      completedAt?.description, tags.map(\.description).joined(separator: ";"),
      rating?.description, isFavorite.description, note, parent?.description, jobID,
      failure.map { "\($0.code): \($0.message)" }, images.count.description, images.first?.path,
      images.first?.digest.hex,
    ]
  }
}
