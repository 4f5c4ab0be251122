import SeedbankModel
import SeedbankStorage
import SeedbankSync

/// The result of a repeated request: a verdict for an unchanged request, otherwise the changes.
struct ReproductionReport {
  let original: Generation
  let judge: Judge
  let style: Style

  func text(_ generations: [Generation]) -> String { generations.map(text).joined() }

  private func text(_ generation: Generation) -> String {
    // The named generation itself may be included, because it was not paid for again.
    guard generation.parent == original.id else { return "" }
    guard ReproductionPlan.isUnchanged(generation) else { return changes(generation) }
    guard generation.status == .complete else { return "" }
    let verdicts = judge.verdicts(original, generation)
    guard verdicts.isEmpty else {
      return VerdictReport.text(verdicts, style, isReproduction: true)
    }
    return "\(original.id) and \(generation.id): no verdict, because \(missingReason(generation))\n"
  }

  private func missingReason(_ generation: Generation) -> String {
    original.images.isEmpty
      ? "\(original.id) has no image" : "an image file is missing or damaged"
  }

  /// All changes, also those without a column in the table.
  private func changes(_ generation: Generation) -> String {
    guard let changes = generation.parentChange.flatMap(LineageChange.read),
      changes.contains(where: { !Self.columns.contains($0.field) })
    else { return "" }
    let words = changes.map { "\($0.field) → \($0.text)" }.joined(separator: ", ")
    return SafeText.line("\(generation.id): \(words)") + "\n"
  }

  private static let columns: Set<String> = ["seed", "size", "model", "prompt"]
}
