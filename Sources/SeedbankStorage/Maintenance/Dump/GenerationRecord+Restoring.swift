import SeedbankModel
import SeedbankQuery

extension GenerationRecord {
  /// The status of the restored generation.
  ///
  /// A list is not a dump. Without its request, its job or its reply, an unfinished generation
  /// cannot be continued, and no other request may be sent for it. A line with only a prompt is not
  /// a request.
  var restorableStatus: Status {
    guard let status else { return .complete }
    switch status {
    case .queued, .submitting, .unknown: return archive?.requestBody == nil ? .lost : status
    case .pending: return jobID == nil ? .lost : status
    case .ready:
      // The owner of held work has the reply, even if the record does not.
      return archive?.replyBody == nil && archive?.pollBody == nil && archive?.owner == nil
        ? .lost : status
    // A list does not contain the stored status of a held generation.
    case .held: return .lost
    case .complete, .failed, .lost: return status
    }
  }

  var restorableFailure: RecordedFailure? {
    if let failure { return failure }
    guard restorableStatus == .lost, status != .lost else { return nil }
    return RecordedFailure(
      code: "restored", message: "restored without the data that is needed to continue")
  }

  /// The provider; that of a request without one, in dumps of older versions, is the original one.
  var restorableProvider: RecordedProvider {
    provider.named(isRequest: gateway != nil || archive?.requestBody != nil)
  }

  /// The values for the search index.
  var indexedValues: IndexedValues {
    IndexedValues(
      prompt: prompt, note: note, tags: tags.map(\.description), model: parameters.model,
      size: parameters.size, width: parameters.width, height: parameters.height, rating: rating,
      isFavorite: isFavorite, settings: provenance?.settings)
  }
}

extension RecordedProvider {
  /// The value with the name of the original provider, if a request has none.
  func named(isRequest: Bool) -> RecordedProvider {
    guard name == nil, isRequest else { return self }
    var provider = self
    provider.name = Self.original.name
    provider.endpoint = endpoint ?? Self.original.endpoint
    return provider
  }
}

/// Gives a line without a uid one that is the same whenever the line is restored again.
struct UIDMaker {
  private var seen: [Digest: Int] = [:]

  /// - Parameter line: two equal lines in one file are two generations.
  mutating func uid(for line: UnsafeBufferPointer<UInt8>, createdAt: Timestamp?) -> UID {
    let digest = Digest(of: line)
    let count = seen[digest, default: 0]
    seen[digest] = count + 1
    var numbers = DigestNumbers(Digest(of: digest.bytes + "\(count)".utf8))
    return UID(at: createdAt ?? Timestamp(milliseconds: 0), using: &numbers)
  }
}

/// The words of a digest, one after the other.
private struct DigestNumbers: RandomNumberGenerator {
  private let digest: Digest
  private var offset = 0

  init(_ digest: Digest) { self.digest = digest }

  mutating func next() -> UInt64 {
    defer { offset = (offset + 8) % 32 }
    return digest.bytes[offset..<offset + 8].reduce(0) { $0 << 8 | UInt64($1) }
  }
}
