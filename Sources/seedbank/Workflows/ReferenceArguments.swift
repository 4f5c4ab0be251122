import FilePaths
import Platform
import SeedbankImaging
import SeedbankModel
import SeedbankProviders
import SeedbankQuery
import SeedbankStorage
import SeedbankSync

/// The reference images of a command line, in order.
struct ReferenceArguments {
  private enum Source {
    case link(ImageLink)
    case file(FilePath)
    case generation(String)
  }

  private let sources: [(text: String, source: Source)]

  /// Reads a typed text: an address, or else an existing file, or else a reference to a generation.
  ///
  /// - Throws: `Failure` of status 64 for an address with plain http on another computer, of status 65 for
  ///   one that is not UTF-8.
  init(_ texts: [String]) throws {
    sources = try texts.map { text in
      let lowered = text.lowercased()
      if lowered.hasPrefix("https://") || lowered.hasPrefix("http://") {
        guard let address = RawText.utf8(text) else {
          throw Failure(.badData, "the address of a reference image is not valid UTF-8")
        }
        let link = ImageLink(address)
        guard !link.isPlainHTTP else {
          throw Failure(
            .usage,
            "a reference image cannot be downloaded from \(link.host ?? ""): plain http is not "
              + "encrypted",
            hint: "use an https address, or download the image and name the file")
        }
        return (text, .link(link))
      }
      let path = Path.typed(text)
      return (text, FileKind.isThere(path) ? .file(path) : .generation(text))
    }
  }

  var isEmpty: Bool { sources.isEmpty }

  /// The references in the form of a request before their digests are known, for checks before anything
  /// is read or recorded.
  var unread: [ReferenceInput] {
    sources.map { entry in
      if case .link(let link) = entry.source { return .link(link.url) }
      return .stored(digest: "sha256:")
    }
  }

  /// Whether an image of the library may be among them.
  var needsLibrary: Bool {
    sources.contains { entry in
      if case .generation = entry.source { true } else { false }
    }
  }

  /// Checks the images that can be read before anything is created or recorded.
  ///
  /// - Parameter library: nil if it does not exist.
  /// - Throws: `Failure`, `ReferenceImageError`, `RequestError`, `ReferenceError`, `LibraryError`.
  func check(by rule: ReferenceRule, in library: Library?) throws {
    for (index, entry) in sources.enumerated() {
      let position = index + 1
      switch entry.source {
      case .link: continue
      case .file(let path): try ReferenceStorage.check(path, position: position, by: rule)
      case .generation(let text):
        let image = try Self.image(text, in: library, nil)
        try rule.check(bytes: image.bytes, position: position)
        try rule.check(width: image.width, height: image.height, position: position)
      }
    }
  }

  /// Stores the images in the library.
  ///
  /// - Parameters:
  ///   - rule: The rule of the model.
  ///   - downloader: Downloads the addresses.
  /// - Returns: The names in the request, and the files.
  /// - Throws: `Failure`, `ReferenceImageError`, `RequestError`, `ReferenceDownloadError`,
  ///   `LibraryError`.
  func store(
    in storage: ReferenceStorage, _ library: Library, _ session: Session, _ rule: ReferenceRule,
    by downloader: ImageDownloader
  ) async throws -> (inputs: [ReferenceInput], images: [ReferenceImage]) {
    var (inputs, images): ([ReferenceInput], [ReferenceImage]) = ([], [])
    for (index, entry) in sources.enumerated() {
      let position = index + 1
      let name = "reference-\(getpid())-\(Clock.monotonic())-\(position)"
      let image: ReferenceImage
      switch entry.source {
      case .link(let link):
        do {
          image = try await storage.take(
            link, by: downloader, as: name, position: position, by: rule)
        } catch let error as DownloadError {
          throw ReferenceDownloadError(host: link.host, cause: error)
        }
      case .file(let path):
        image = try storage.take(path, as: name, position: position, by: rule)
      case .generation(let text):
        image = try storage.take(
          Self.image(text, in: library, session), position: position, by: rule)
      }
      images.append(image)
      if case .link(let link) = entry.source, rule.form == .link {
        inputs.append(.link(link.url))
      } else {
        inputs.append(.stored(digest: image.digest.description))
      }
    }
    return (inputs, images)
  }

  /// - Parameter session: Prints notes about the image; nil prints none.
  private static func image(
    _ text: String, in library: Library?, _ session: Session?
  ) throws -> CataloguedImage {
    if text.contains("/") || text.contains(".") && Int(text.prefix { $0 != "." }) == nil {
      throw Failure(.noInput, "the reference image \(Path.typed(text)) does not exist")
    }
    guard let library else { throw ReferenceError.notFound(Path.typed(text).description) }
    let reference = Reference(typed: text)
    // `show --as cli` names reference images by their digests. Often no generation has the file.
    if case .digest(let digits) = reference, let digest = Digest(digits),
      try library.catalogued(digest) == nil, let image = try library.cataloguedFile(digest)
    {
      try image.checkPresenceAsReference(in: library.folder)
      return image
    }
    let resolution =
      try session?.resolve(reference, named: text, in: library) ?? library.resolve(reference)
    let images = try library.generation(resolution.generation)?.images ?? []
    let position = resolution.image ?? 1
    guard let image = images.first(where: { $0.position == position }) else {
      throw Failure(.noInput, "generation \(resolution.generation) has no image \(position)")
    }
    try image.checkPresence(of: resolution.generation, in: library.folder)
    return image
  }
}

/// Why a reference image cannot be downloaded, with the host in its address.
struct ReferenceDownloadError: Error {
  /// Nil if the address is not valid.
  let host: String?
  let cause: DownloadError
}

extension ReferenceImageError: Explainable {
  var explained: Failure {
    switch self {
    case .unreadable(let path, let code):
      Failure(
        code == ENOENT ? .noInput : .inputOutput,
        "cannot read the reference image \(path): \(systemErrorText(code))")
    case .notAFile(let path):
      Failure(
        .badData, "the reference image \(path) is not a file",
        hint: "name a JPEG, PNG or WebP file")
    case .notAnImage(let name):
      Failure(
        .badData, "the reference image \(name) is not a complete image",
        hint: "use a JPEG, PNG or WebP file")
    }
  }
}
