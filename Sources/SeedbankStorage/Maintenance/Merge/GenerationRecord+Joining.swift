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

  /// The images of both versions.
  ///
  /// If they have different images at one position, the one with the smaller digest keeps it, and
  /// the other follows after the last.
  private func images(joinedWith other: GenerationRecord) -> [ImageRecord] {
    var images = Dictionary(
      self.images.map { ($0.position, $0) }, uniquingKeysWith: { first, _ in first })
    var moved: [ImageRecord] = []
    for image in other.images {
      guard let present = images[image.position] else {
        images[image.position] = image
        continue
      }
      if present.digest == image.digest {
        images[image.position]?.complete(from: image)
      } else {
        let isSmaller = image.digest.hex < present.digest.hex
        images[image.position] = isSmaller ? image : present
        moved.append(isSmaller ? present : image)
      }
    }
    for var image in moved.sorted(by: { $0.digest.hex < $1.digest.hex })
    where !images.values.contains(where: { $0.digest == image.digest }) {
      image.position = (images.keys.max() ?? 0) + 1
      images[image.position] = image
    }
    return images.values.sorted { $0.position < $1.position }
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

  /// The version with more reference images, then the one with the greater digests.
  private static func greater(
    _ left: [ReferenceImage], _ right: [ReferenceImage]
  ) -> [ReferenceImage] {
    func digests(_ references: [ReferenceImage]) -> String {
      references.map { "\($0.position) \($0.role.rawValue) \($0.digest.hex)" }
        .joined(separator: " ")
    }
    return (left.count, digests(left)) >= (right.count, digests(right)) ? left : right
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

extension ImageRecord {
  /// Adds the values of the same file that this version does not have.
  fileprivate mutating func complete(from other: ImageRecord) {
    width = max(width, other.width)
    height = max(height, other.height)
    perceptualHash = [perceptualHash, other.perceptualHash].compactMap { $0 }.max()
  }
}
