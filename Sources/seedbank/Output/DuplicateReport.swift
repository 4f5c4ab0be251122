import SeedbankModel
import SeedbankStorage

/// Groups of similar images, as text and as JSON.
enum DuplicateReport {
  struct Entry {
    let generation: Generation
    let image: CataloguedImage

    var reference: String { "\(generation.id).\(image.position)" }
  }

  /// The images of each group.
  ///
  /// Images that no longer exist are left out.
  static func images(_ groups: [[Int64]], in library: Library) throws -> [[Entry]] {
    try groups.map { group in
      let images = try library.images(numbered: group)
      let generations = try library.generations(Array(Set(images.map(\.generation))).sorted())
      return images.compactMap { place in
        guard let generation = generations.first(where: { $0.id == place.generation }),
          let image = generation.images.first(where: { $0.position == place.position })
        else { return nil }
        return Entry(generation: generation, image: image)
      }
    }
  }

  static func print(
    _ groups: [[Entry]], _ records: RecordOptions, _ folder: LibraryFolder, _ session: Session
  ) {
    let end = records.nul ? "\0" : "\n"
    switch records.format {
    case .table: session.output.write(text(groups, session))
    case .json, .jsonl:
      var printer = ListPrinter(
        keys: ["image", "sha256", "bytes"], name: "image", records.format, session)
      printer.print(json: groups) { json($0, to: &$1) }
      printer.finish()
    case .csv:
      var writer = CSVWriter()
      writer.row(["group", "image", "sha256", "bytes"])
      for (number, group) in groups.enumerated() {
        for entry in group {
          writer.row([
            "\(number + 1)", entry.reference, entry.image.digest.hex, "\(entry.image.bytes)",
          ])
        }
      }
      session.output.write(writer.bytes)
    case .ids:
      var seen: Set<GenerationID> = []
      for entry in groups.joined() where seen.insert(entry.generation.id).inserted {
        session.output.write(entry.generation.id.description + end)
      }
    case .paths:
      for entry in groups.joined() where entry.image.missingSince == nil {
        session.output.write(folder.absolutePath(of: entry.image).bytes + end.utf8)
      }
    }
  }

  private static func text(_ groups: [[Entry]], _ session: Session) -> String {
    guard !groups.isEmpty else { return "No images look alike.\n" }
    return groups.map { group in
      let copies = Set(group.map(\.image.digest)).count == 1
      var table = TextTable([
        .init(title: "image"), .init(title: "size", importance: 2),
        .init(title: "bytes", alignment: .right, importance: 1), .init(title: "prompt"),
      ])
      table.hasHead = false
      table.rows = group.map { entry in
        [
          "  " + entry.reference, "\(entry.image.width)x\(entry.image.height)",
          ByteCount.text(entry.image.bytes), SafeText.line(entry.generation.prompt),
        ]
      }
      let title = "\(group.count) \(copies ? "times the same file" : "that look alike")"
      return session.style.underlined(title) + "\n"
        + table.rendered(width: session.terminal.width, style: session.style)
    }.joined(separator: "\n")
  }

  private static func json(_ group: [Entry], to writer: inout JSONWriter) {
    writer.array { members in
      for entry in group {
        members.object {
          $0.member("image", entry.reference)
          $0.member("sha256", entry.image.digest.hex)
          $0.member("bytes", entry.image.bytes)
        }
      }
    }
  }
}
