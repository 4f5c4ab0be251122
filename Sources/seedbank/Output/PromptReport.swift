import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// Distinct prompts, as text and for programs.
enum PromptReport {
  static func table(
    _ prompts: [PromptSummary], hasHead: Bool, _ session: Session, _ highlighter: Highlighter
  ) -> String {
    guard !prompts.isEmpty else { return "" }
    var table = TextTable([
      .init(title: "uses", alignment: .right),
      .init(title: "images", alignment: .right, importance: 2),
      .init(title: "best", importance: 3),
      .init(title: "last use", importance: 1),
      .init(title: "newest", alignment: .right, importance: 4),
      .init(title: "prompt"),
    ])
    table.hasHead = hasHead
    table.rows = prompts.map { prompt in
      [
        "\(prompt.uses)", "\(prompt.images)",
        String(repeating: "★", count: prompt.bestRating ?? 0), Clock.local(prompt.lastUse),
        "\(prompt.newest)", SafeText.line(prompt.text),
      ]
    }
    table.paint = { _, column, text in
      switch column {
      case 2: session.style.warning(text)
      case 3: session.style.faint(text)
      case 4: session.style.bold(text)
      case 5: highlighter.lit(text, in: .prompt)
      default: text
      }
    }
    return table.rendered(width: session.terminal.width, style: session.style)
  }

  static let keys = ["prompt", "uses", "images", "best_rating", "last_use", "newest"]

  static func row(_ prompt: PromptSummary) -> [ListReport.Value] {
    [
      .text(prompt.text), .number(Int64(prompt.uses)), .number(Int64(prompt.images)),
      .number(prompt.bestRating.map { Int64($0) }), .text(prompt.lastUse.description),
      .number(prompt.newest.rawValue),
    ]
  }
}
