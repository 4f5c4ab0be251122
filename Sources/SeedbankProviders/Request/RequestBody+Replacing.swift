import SeedbankModel

extension RequestBody {
  /// The body with one field changed and all other bytes unchanged.
  ///
  /// A new field is added at the end.
  ///
  /// - Throws: ``RequestError/notARequest`` if the bytes are not a JSON object.
  package func replacing(_ change: RequestChange) throws(RequestError) -> RequestBody {
    if case .guidanceScale(let scale?) = change, !scale.isFinite { throw .guidanceNotFinite }
    let root = try object()
    let members = root.members
    let present = members.lastIndex { $0.key == change.field.rawValue }
    var edited = bytes
    switch (present, change.literal) {
    case (let index?, let literal?):
      edited.replaceSubrange(members[index].value.range, with: literal)
    case (let index?, nil):
      edited.removeSubrange(Self.extent(of: index, in: members))
    case (nil, let literal?):
      let end = members.last?.range.upperBound ?? root.node.range.lowerBound + 1
      let comma = members.isEmpty ? [] : Array(",".utf8)
      let name = JSONWriter.literal(change.field.rawValue) + Array(":".utf8)
      edited.insert(contentsOf: comma + name + literal, at: end)
    case (nil, nil):
      break
    }
    return RequestBody(recorded: edited)
  }

  /// A member with the comma that must be removed with it.
  private static func extent(of index: Int, in members: [JSONMember]) -> Range<Int> {
    let member = members[index].range
    if index + 1 < members.count {
      return member.lowerBound..<members[index + 1].range.lowerBound
    }
    return index > 0 ? members[index - 1].range.upperBound..<member.upperBound : member
  }
}
