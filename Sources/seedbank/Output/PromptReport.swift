import SeedbankModel
import SeedbankStorage

/// Distinct prompts, for people and for programs.
enum PromptReport {
  static func table(
    _ prompts: [PromptSummary], _ session: Session, _ highlighter: Highlighter
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
      case 5: highlighter.lit(text)
      default: text
      }
    }
    return table.rendered(width: session.terminal.width, style: session.style)
  }

  static func json(_ prompts: [PromptSummary]) -> String {
    var writer = JSONWriter()
    writer.array { array in
      for prompt in prompts {
        array.object {
          $0.member("prompt", prompt.text)
          $0.member("uses", prompt.uses)
          $0.member("images", prompt.images)
          $0.member("best_rating", prompt.bestRating)
          $0.member("last_use", prompt.lastUse.description)
          $0.member("newest", prompt.newest.rawValue)
        }
      }
    }
    writer.newline()
    return writer.text
  }
}
