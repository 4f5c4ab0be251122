public import SeedbankModel
public import SeedbankProviders
public import SeedbankStorage

/// A file of prompts that is recorded in the library: checked as a whole, then recorded in parts.
public struct PromptBatch: Sendable {
  let file: PromptFile
  private(set) var template: RequestTemplate
  /// The number of generations in it.
  public let generations: Int
  /// Lines of its first and last entry.
  public let lines: ClosedRange<Int>
  /// The warnings, each once.
  public let warnings: [RequestWarning]
  /// What all of it brings and costs at most.
  public let spending: ExpectedSpending
  /// The rule for the reference images of its requests, which is that of all their models together.
  package let referenceRule: ReferenceRule

  /// How many generations one transaction records.
  static let pieceSize = 500

  /// Reads and checks every entry; nothing is recorded.
  ///
  /// - Throws: `PromptFileError`, with the first line that cannot be sent.
  public init(checking file: PromptFile, as template: RequestTemplate) throws(PromptFileError) {
    var reader = file.reader()
    var entries = 0
    var lines: ClosedRange<Int>?
    var warnings: [RequestWarning] = []
    var spending = ExpectedSpending()
    var referenceRule: ReferenceRule?
    while let entry = try reader.next() {
      do throws(RequestError) {
        for warning in try template.check(entry) where !warnings.contains(warning) {
          warnings.append(warning)
        }
      } catch {
        throw PromptFileError(line: entry.line, .badRequest(error))
      }
      template.add(entry, to: &spending)
      if !template.parameters.references.isEmpty {
        let rule = template.referenceRule(for: entry)
        referenceRule = referenceRule?.combined(with: rule) ?? rule
      }
      entries += 1
      lines = (lines?.lowerBound ?? entry.line)...entry.line
    }
    guard let lines else { throw PromptFileError(line: nil, .nothingInIt) }
    self.file = file
    self.template = template
    generations = entries * template.count
    self.lines = lines
    self.warnings = warnings
    self.spending = spending
    self.referenceRule = referenceRule ?? ReferenceRule.none
  }

  /// The same file with another template that needs no new check.
  public func with(_ template: RequestTemplate) -> PromptBatch {
    var batch = self
    batch.template = template
    return batch
  }

  /// The part of a batch that is in the library.
  public struct Recorded: Sendable, Equatable {
    /// The ids of the recorded generations, in the order of the entries.
    public var ids: [GenerationID] = []
    /// The lines that were not recorded, if it was interrupted.
    public var missing: ClosedRange<Int>?
  }

  /// An interrupted batch: the part in the library, and the reason.
  public struct Interruption: Error {
    /// What was recorded before the failure.
    public let recorded: Recorded
    /// The error that ended the batch.
    public let cause: any Error
  }

  /// Records the entries, a few hundred in each transaction, until all are recorded or `shouldStop`
  /// returns true.
  ///
  /// - Throws: `Interruption`.
  public func record(
    in library: Library, at now: () -> Timestamp,
    using random: inout some RandomNumberGenerator, shouldStop: () -> Bool,
    onProgress: (Int) -> Void = { _ in }
  ) throws(Interruption) -> Recorded {
    var recorded = Recorded()
    var firstMissing = lines.lowerBound
    do {
      var reader = file.reader()
      while !shouldStop() {
        let piece = try piece(&reader, at: now(), using: &random)
        guard let last = piece.last else { return recorded }
        recorded.ids += try library.record(piece.flatMap(\.drafts))
        firstMissing = last.line + 1
        onProgress(recorded.ids.count)
      }
    } catch {
      recorded.missing = missing(from: firstMissing)
      throw Interruption(recorded: recorded, cause: error)
    }
    recorded.missing = missing(from: firstMissing)
    return recorded
  }

  private func missing(from line: Int) -> ClosedRange<Int>? {
    line <= lines.upperBound ? line...lines.upperBound : nil
  }

  /// The entries of the next transaction, each with its drafts.
  private func piece(
    _ reader: inout PromptReader, at time: Timestamp,
    using random: inout some RandomNumberGenerator
  ) throws -> [(line: Int, drafts: [GenerationDraft])] {
    var piece: [(line: Int, drafts: [GenerationDraft])] = []
    var count = 0
    while count < Self.pieceSize, let entry = try reader.next() {
      let drafts = try template.drafts(for: entry, at: time, using: &random)
      piece.append((entry.line, drafts))
      count += drafts.count
    }
    return piece
  }
}
