import SeedbankModel

extension GenerationRecord {
  /// Returns this version of the generation with all that the other version adds to its state.
  ///
  /// Fields that people edit are not touched: ``VersionedValue`` merges those. The rules have no sides,
  /// and docs/design.md has the table of them.
  func joined(with theirs: GenerationRecord, in library: LibraryStanding) -> GenerationRecord {
    let theirs = theirs.restorable
    let takesTheirs = theirs.isFurther(than: self)
    let (winner, loser) = takesTheirs ? (theirs, self) : (self, theirs)
    var joined = self
    joined.takeState(of: winner, beside: loser)
    joined.images = winner.images(joinedWith: loser)
    joined.createdAt = [createdAt, theirs.createdAt].compactMap { $0 }.min()
    GenerationContent(joined).joined(with: GenerationContent(theirs)).apply(to: &joined)
    joined.references = Self.greater(references, theirs.references)
    joined.parentUID = [parentUID, theirs.parentUID].compactMap { $0 }.min()
    if OwnerRank(theirs) > OwnerRank(self) { joined.takeOwner(of: theirs, in: library) }
    return joined
  }

  /// The version as it can be restored: with an archive, and in a status that can be continued.
  private var restorable: GenerationRecord {
    var record = self
    record.failure = restorableFailure
    record.status = restorableStatus
    record.provider = restorableProvider
    record.archive = archive ?? RecordArchive()
    return record
  }

  /// Whether this version's state is used instead of the other's.
  private func isFurther(than other: GenerationRecord) -> Bool {
    let (own, others) = (StateRank(self), StateRank(other))
    if own != others { return own > others }
    let (detail, otherDetail) = (stateDetail, other.stateDetail)
    if detail != otherDetail { return otherDetail.lexicographicallyPrecedes(detail) }
    return other.stateText < stateText
  }

  /// Decides between versions of one rank: an exported file does not have the replies, for example.
  private var stateDetail: [Int] {
    // Of two replies the shorter one has digests in the place of images.
    func detail(_ body: [UInt8]?) -> [Int] { [body == nil ? 0 : 1, -(body?.count ?? 0)] }
    return [archive?.events.count ?? 0] + detail(archive?.replyBody) + detail(archive?.pollBody)
  }

  private var stateText: String {
    var state = GenerationRecord(prompt: "")
    state.takeState(of: self, beside: self)
    return state.json
  }

  private mutating func takeState(of winner: GenerationRecord, beside loser: GenerationRecord) {
    status = winner.status
    completedAt = winner.completedAt
    jobID = winner.jobID
    failure = winner.failure
    usage = winner.usage
    provider.cost = winner.provider.cost
    gateway = winner.gateway ?? loser.gateway
    var state = archive ?? RecordArchive()
    state.attempts = winner.archive?.attempts ?? 0
    state.events = winner.archive?.events ?? []
    state.requestBody = Self.greater(winner.archive?.requestBody, loser.archive?.requestBody)
    state.replyBody = winner.archive?.replyBody
    state.pollBody = winner.archive?.pollBody
    // Offers are read from the replies, so replies of another state must not replace them.
    if winner.status != .ready, loser.archive?.attempts == winner.archive?.attempts {
      state.replyBody = state.replyBody ?? loser.archive?.replyBody
      state.pollBody = state.pollBody ?? loser.archive?.pollBody
    }
    archive = state
  }

  /// The library that started more submits owns the generation, then the one that adopted it last.
  ///
  /// A merge never makes this library the owner. If it would, the work has no owner afterwards.
  private mutating func takeOwner(of theirs: GenerationRecord, in library: LibraryStanding) {
    guard let their = theirs.archive else { return }
    if their.owner == archive?.owner {
      archive?.ownedAt = their.ownedAt
    } else if their.owner != nil, their.owner == library.id {
      guard library.isInOwnFolder else { return }
      archive?.owner = nil
      archive?.ownedAt = their.afterOwner
    } else {
      archive?.owner = their.owner
      archive?.ownedAt = their.ownedAt
    }
  }

  private static func greater(_ left: [UInt8]?, _ right: [UInt8]?) -> [UInt8]? {
    [left, right].compactMap { $0 }.max { $0.lexicographicallyPrecedes($1) }
  }

  /// The version with more reference images, then the one with the greater digests, then the one with more
  /// sizes: a line without the sizes of files is allowed.
  private static func greater(
    _ left: [ReferenceImage], _ right: [ReferenceImage]
  ) -> [ReferenceImage] {
    func rank(_ references: [ReferenceImage]) -> (Int, String, Int) {
      let digests = references.map { "\($0.position) \($0.role.rawValue) \($0.digest.hex)" }
        .joined(separator: " ")
      return (references.count, digests, references.count { $0.bytes > 0 })
    }
    return rank(left) >= rank(right) ? left : right
  }
}

/// The library into which a record is merged.
struct LibraryStanding {
  let id: LibraryID?
  /// Whether the catalog is in the folder that it recorded.
  let isInOwnFolder: Bool
}

extension RecordArchive {
  /// The time that a library notes if a restore would make it the owner again: it gives the work up,
  /// because the work may have been sent since, and no older version may give it back.
  var afterOwner: Timestamp { Timestamp(milliseconds: (ownedAt?.milliseconds ?? 0) + 1) }
}

private struct OwnerRank: Comparable {
  let attempts: Int
  let ownedAt: Timestamp
  let owner: String

  init(_ record: GenerationRecord) {
    attempts = record.archive?.attempts ?? 0
    ownedAt = record.archive?.ownedAt ?? .distantPast
    owner = record.archive?.owner?.description ?? ""
  }

  static func < (left: OwnerRank, right: OwnerRank) -> Bool {
    (left.attempts, left.ownedAt, left.owner) < (right.attempts, right.ownedAt, right.owner)
  }
}
