package import SeedbankModel

extension Lineage {
  /// Writes one member as a JSON object: its values, its place in the tree, its changes and its
  /// verdict.
  package func write(_ member: Member, to writer: inout JSONWriter) {
    writer.object { object in
      object.member("id", member.id.rawValue)
      object.member("uid", member.uid.description)
      object.member("parent", member.parent?.rawValue)
      object.member("depth", member.depth)
      object.member("current", member.id == subject)
      object.member("status", member.status.rawValue)
      object.member("created_at", member.createdAt.description)
      object.member("prompt", member.prompt)
      object.member("rating", member.rating)
      object.member("trashed", member.isInTrash)
      object.member("children", member.childCount)
      object.key("changes")
      if let changes = member.changes {
        object.object { inner in
          for change in changes { inner.member(change.field, raw: change.json) }
        }
      } else {
        object.null()
      }
      object.member("verdict", raw: member.verdict?.json)
    }
  }
}
