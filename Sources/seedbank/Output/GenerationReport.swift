import FilePaths
import SeedbankModel
import TerminalGraphics

/// All data of one generation, as text for `show`.
struct GenerationReport {
  private let whole: WholeGeneration
  private let style: Style
  /// The columns of the terminal; nil does not wrap.
  private let width: Int?
  /// Shows the images; nil shows only text.
  private let painter: PicturePainter?
  private let links: Hyperlink

  init(
    _ whole: WholeGeneration, style: Style, width: Int?, painter: PicturePainter?,
    links: Hyperlink = Hyperlink(isOn: false)
  ) {
    self.links = links
    self.whole = whole
    self.style = style
    self.width = width
    self.painter = painter
  }

  private var generation: Generation { whole.generation }

  var text: String {
    let blocks = [head, prompt, facts, events, references, images].filter { !$0.isEmpty }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private var head: String {
    let status = paintStatus(generation.status, generation.status.rawValue, style)
    let parts = [
      style.bold("Generation \(generation.id)"), status,
      Clock.local(generation.createdAt), style.warning(RecordTable.stars(generation)),
      generation.trashedAt == nil ? "" : style.bad("in the trash"),
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: "  ")
  }

  private var prompt: String { wrapped(generation.prompt, indent: 2) }

  /// A block of text, wrapped and indented.
  private func wrapped(_ text: String, indent: Int) -> String {
    let lines = SafeText.lines(text).split(separator: "\n", omittingEmptySubsequences: false)
    let margin = String(repeating: " ", count: indent)
    return lines.flatMap { line in
      width.map { TextWrap.lines(String(line), columns: $0 - indent) } ?? [String(line)]
    }.map { margin + $0 }.joined(separator: "\n")
  }

  private var facts: String {
    let rows = FactRows(whole).rows
    let label = rows.map(\.name.count).max() ?? 0
    return rows.map { row in
      let name = "  " + row.name + String(repeating: " ", count: label - row.name.count + 2)
      let body = wrapped(row.value, indent: label + 4)
      return style.faint(name) + body.dropFirst(label + 4)
    }.joined(separator: "\n")
  }

  private var references: String {
    guard !generation.references.isEmpty else { return "" }
    let lines = generation.references.map { reference in
      let missing =
        reference.missingSince.map { style.bad("  missing since \(Clock.local($0))") } ?? ""
      let facts =
        "\(reference.format) \(reference.width)x\(reference.height), "
        + "\(ByteCount.text(reference.bytes))\(missing)"
      return """
          \(style.bold("\(reference.position)"))  \(facts)
            \(style.faint(reference.digest.description))
            \(links.path(whole.folder.absolutePath(of: reference)))
        """
    }
    return style.underlined("Reference images") + "\n" + lines.joined(separator: "\n")
  }

  private var images: String {
    guard !generation.images.isEmpty else { return "" }
    let lines = generation.images.map { image in
      let place = self.place(image)
      let size = image.isDecoded ? "\(image.width)x\(image.height)" : "(not decoded)"
      let facts = "\(image.format) \(size), \(ByteCount.text(image.bytes))\(place)"
      return """
          \(style.bold("\(generation.id).\(image.position)"))  \(facts)
            \(style.faint(image.digest.description))
            \(links.path(whole.folder.absolutePath(of: image)))
        """ + picture(image)
    }
    return style.underlined("Images") + "\n" + lines.joined(separator: "\n")
  }

  private func place(_ image: CataloguedImage) -> String {
    switch image.place {
    case .library: ""
    case .remote: "  on a remote only; `seedbank fetch \(generation.id)` downloads it"
    case .missing:
      image.missingSince.map { style.bad("  missing since \(Clock.local($0))") } ?? ""
    }
  }

  /// The image below its data, or the reason why it is missing.
  private func picture(_ image: CataloguedImage) -> String {
    guard let painter, image.isDecoded, image.place != .missing else { return "" }
    do {
      return "\n" + (try painter.text(ofFile: whole.folder.shownFile(of: image), indent: 4))
    } catch  where image.place == .remote {
      // The remote had no thumbnail of it.
      return ""
    } catch {
      return "\n    " + style.bad("not shown: " + SafeText.line(Failure(error).sentence))
    }
  }

  private var events: String {
    guard !whole.timeline.isEmpty else { return "" }
    let kinds = whole.timeline.map(\.kind.count).max() ?? 0
    let lines = whole.timeline.map { event in
      let kind = event.kind + String(repeating: " ", count: kinds - event.kind.count)
      let start = "  \(style.faint(Clock.local(event.at, withSeconds: true)))  \(kind)"
      guard let detail = event.detail, !detail.isEmpty else { return trimmed(start) }
      let indent = 25 + kinds
      return start + "  " + wrapped(detail, indent: indent).dropFirst(indent)
    }
    return style.underlined("Timeline") + "\n" + lines.joined(separator: "\n")
  }

  private func trimmed(_ text: String) -> String {
    text.lastIndex { $0 != " " }.map { String(text[...$0]) } ?? ""
  }
}
