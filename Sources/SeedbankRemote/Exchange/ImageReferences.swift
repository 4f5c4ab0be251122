import SeedbankModel
import SeedbankStorage

/// Which image files the segments of a remote refer to.
///
/// A library refers to the images of a generation until it writes that it deleted the generation
/// permanently. Its statements are read in the order of its counters.
struct ImageReferences {
  private struct Mention: Hashable {
    let library: Int32
    let uid: UID
  }

  private var libraries: [String: Int32] = [:]
  private var references: [(mention: Mention, digest: Digest)] = []
  /// When the segment was written in which a library deleted a generation.
  private var deletions: [Mention: Timestamp] = [:]

  mutating func add(
    _ statements: [SegmentStatement], of library: String, writtenAt time: Timestamp
  ) {
    let number = libraries[library] ?? Int32(libraries.count)
    libraries[library] = number
    for statement in statements {
      switch statement {
      case .refers(let uid, let digests):
        let mention = Mention(library: number, uid: uid)
        deletions[mention] = nil
        references += digests.map { (mention, $0) }
      case .erased(let uid):
        // A deletion that is sent again does not begin the grace period again.
        let mention = Mention(library: number, uid: uid)
        if deletions[mention] == nil { deletions[mention] = time }
      }
    }
  }

  /// The images that a library refers to, or referred to until a time after `end`.
  func images(since end: Timestamp) -> Set<Digest> {
    var images: Set<Digest> = []
    for (mention, digest) in references {
      if let deleted = deletions[mention], deleted <= end { continue }
      images.insert(digest)
    }
    return images
  }
}
