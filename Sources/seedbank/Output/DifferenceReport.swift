import SeedbankModel
import SeedbankStorage

/// The differences between two generations, as text and as JSON.
enum DifferenceReport {
  static func text(_ difference: GenerationDifference, _ style: Style, width: Int?) -> String {
    var text = ""
    let name = difference.fields.map(\.name.count).max() ?? 0
    for field in difference.fields {
      let padding = String(repeating: " ", count: name - field.name.count)
      let before = style.bad(SafeText.line(field.before ?? "none"))
      let after = style.good(SafeText.line(field.after ?? "none"))
      text += "\(style.bold(field.name))\(padding)  \(before) → \(after)\n"
    }
    if difference.prompt.contains(where: { if case .kept = $0 { false } else { true } }) {
      text += (text.isEmpty ? "" : "\n") + prompt(difference.prompt, style) + "\n"
    }
    return text.isEmpty ? "Nothing differs.\n" : text
  }

  private static func prompt(_ pieces: [GenerationDifference.Piece], _ style: Style) -> String {
    var text = ""
    for piece in pieces {
      switch piece {
      case .kept(let part): text += SafeText.lines(part)
      case .removed(let part):
        let part = SafeText.lines(part)
        text += style.isOn ? style.bad(part) : "[-\(part)-]"
      case .added(let part):
        let part = SafeText.lines(part)
        text += style.isOn ? style.good(part) : "{+\(part)+}"
      }
    }
    return text
  }

  static func json(_ difference: GenerationDifference) -> String {
    var writer = JSONWriter()
    writer.object { object in
      object.key("fields")
      object.object { fields in
        for field in difference.fields {
          fields.key(field.name)
          fields.object {
            $0.member("before", field.before)
            $0.member("after", field.after)
          }
        }
      }
      object.key("prompt")
      object.array { pieces in
        for piece in difference.prompt {
          let (kind, text) = named(piece)
          pieces.object { $0.member(kind, text) }
        }
      }
    }
    writer.newline()
    return writer.text
  }

  private static func named(_ piece: GenerationDifference.Piece) -> (kind: String, text: String) {
    switch piece {
    case .kept(let text): ("kept", text)
    case .removed(let text): ("removed", text)
    case .added(let text): ("added", text)
    }
  }
}
