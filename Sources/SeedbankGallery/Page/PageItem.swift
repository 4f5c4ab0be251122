import SeedbankModel

/// The data of one image for the gallery page.
struct PageItem: Sendable {
  let item: ExportPlan.Item
  /// The digits in the names of its thumbnails; nil without thumbnails.
  let thumbnail: String?
  /// `2026-11`, in local time.
  let month: String
  /// The reference images whose files are in the export.
  var references: [ReferenceImage] = []

  /// The longer sides of the thumbnails in pixels, for normal screens and for screens with double
  /// resolution.
  static let thumbnailSides = [320, 640]

  /// One JSON object, safe inside a script element.
  ///
  /// Unknown values are left out.
  var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.member("id", item.reference)
      object.member("file", item.path.url)
      if let thumbnail { object.member("thumb", thumbnail) }
      object.member("w", shape.width)
      object.member("h", shape.height)
      object.member("prompt", item.generation.prompt)
      writeParameters(to: &object)
      writeState(to: &object)
    }
    return Markup.scriptSafe(writer.bytes)
  }

  /// The size of the image on the page.
  ///
  /// A file that was not decoded has no size.
  private var shape: (width: Int, height: Int) {
    if item.image.isDecoded { return (item.image.width, item.image.height) }
    let requested = item.generation.parameters
    return (max(requested.width ?? 1, 1), max(requested.height ?? 1, 1))
  }

  private func writeParameters(to object: inout JSONWriter) {
    let parameters = item.generation.parameters
    if let seed = parameters.seed {
      // The script would round larger ones.
      if seed.isExactInJavaScript {
        object.member("seed", seed)
      } else {
        object.member("seed", seed.description)
      }
    }
    if let model = parameters.model { object.member("model", model) }
    if let size = parameters.size { object.member("size", size) }
    if let scale = parameters.guidanceScale { object.member("guidance", scale) }
    if let watermark = parameters.watermark { object.member("watermark", watermark) }
    let provider = item.generation.provider
    if let name = provider.name { object.member("provider", name) }
    if let size = provider.groupSize { object.member("group", size) }
    let absent = item.generation.references.count - references.count
    if absent > 0 { object.member("absent_references", absent) }
  }

  private func writeState(to object: inout JSONWriter) {
    let generation = item.generation
    if !generation.tags.isEmpty {
      object.key("tags")
      object.array { array in
        for tag in generation.tags { array.value(tag) }
      }
    }
    if !item.collections.isEmpty {
      object.key("collections")
      object.array { array in
        for collection in item.collections { array.value(collection) }
      }
    }
    if let rating = generation.rating { object.member("rating", rating) }
    if generation.isFavorite { object.member("favorite", true) }
    if let note = generation.note { object.member("note", note) }
    object.member("created", generation.createdAt.description)
    object.member("month", month)
    if let parent = generation.parent { object.member("parent", "#\(parent)") }
    if let verdict = generation.verdict { object.member("verdict", verdict.kind) }
    if let provenance = generation.provenance {
      object.member("extra", raw: ExactNumbers.quoted(in: provenance.settings))
    }
    if !references.isEmpty {
      object.key("references")
      object.array { array in
        for reference in references {
          array.object { entry in
            entry.member("file", ExportLayout.reference(reference).url)
            entry.member("position", reference.position)
            entry.member("role", reference.role.rawValue)
          }
        }
      }
    }
    object.member("sha256", item.image.digest.hex)
  }
}
