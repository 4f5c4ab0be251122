import FilePaths
import SeedbankImaging
import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import SeedbankSync

extension Session {
  /// The target of a typed REF.
  ///
  /// A note is printed if an image was not recognized by its bytes.
  /// - Throws: `ReferenceError` or `LibraryError`.
  func resolve(_ text: String, in library: Library) throws -> Resolution {
    try resolve(Reference(typed: text), named: text, in: library)
  }

  /// The target of a REF that was typed as `text`.
  func resolve(
    _ reference: Reference, named text: String, in library: Library
  ) throws -> Resolution {
    let resolution = try library.resolve(reference) { path in
      try namingFile(path) { try ImageRecognition.find(path, in: library) }
    }
    let image = resolution.image.map { "\(resolution.generation).\($0)" }
    let name = image ?? "\(resolution.generation)"
    switch resolution.means {
    case .name, .digest: break
    case .record(let distance):
      let looks = distance.flatMap {
        $0 > VerdictThresholds.hashDistance
          ? ", but it looks different (fingerprints differ in \($0) of 64 bits): its pixels were "
            + "probably edited"
          : nil
      }
      talk.note("\(Path.typed(text)) is \(name), by its embedded metadata\(looks ?? "")")
    case .looks(let distance):
      talk.note(
        "\(Path.typed(text)) looks like \(name) (fingerprints differ in \(distance) of 64 bits); "
          + "its content differs"
      )
    }
    if !resolution.copies.isEmpty {
      let copies = resolution.copies.prefix(10).map(\.description).joined(separator: ", ")
      let more = resolution.copies.count - 10
      talk.note(
        "\(text) is \(name), the original. The same image file: \(copies)"
          + (more > 0 ? " and \(more) more" : ""))
    }
    return resolution
  }

  /// The generations with images that look like those of a typed REF.
  func similar(to text: String, in library: Library) throws -> Set<GenerationID> {
    let reference = Reference(typed: text)
    guard case .file(let path) = reference else {
      // For the note about generations with the same image file.
      _ = try resolve(reference, named: text, in: library)
      return try SimilarImages.generations(like: reference, in: library)
    }
    return try namingFile(path) { try SimilarImages.generations(like: reference, in: library) }
  }

  /// Runs `body`; an error of the image names the file.
  private func namingFile<Result>(_ path: FilePath, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as ImageError {
      throw error.explained(of: path)
    }
  }

  /// The generation of a typed REF.
  func generation(_ text: String, in library: Library) throws -> Generation {
    let id = try resolve(text, in: library).generation
    guard let generation = try library.generation(id) else {
      throw LibraryError.noSuchGeneration(id)
    }
    return generation
  }
}

extension Reference {
  /// Reads a typed REF; a path keeps its bytes.
  init(typed text: String) {
    let reference = Reference(text)
    if case .file = reference { self = .file(Path.typed(text)) } else { self = reference }
  }
}
