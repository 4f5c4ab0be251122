import SeedbankModel

extension QueryField {
  /// Names of fields in other programs, for suggestions.
  private static let synonyms: [String: String] = [
    "stars": "rating", "star": "rating", "score": "rating", "rated": "rating", "date": "created",
    "time": "created", "day": "created", "when": "created", "tags": "tag", "label": "tag",
    "keyword": "tag", "cfg": "guidance", "scale": "guidance", "type": "format",
    "album": "collection", "folder": "collection", "hash": "sha256", "uid": "id",
    "like": "similar", "saved": "search", "comment": "note", "state": "status",
    "resolution": "size", "aspect": "ratio", "software": "tool",
  ]

  /// Returns the field that the user probably meant.
  static func nearest(to name: String) -> String? {
    synonyms[name] ?? EditDistance.nearest(to: name, among: all.map(\.name))
  }
}
