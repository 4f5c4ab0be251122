import SeedbankImaging
import SeedbankModel
import SeedbankProviders
import SeedbankStorage

extension GenerationWorker {
  /// Downloads one offered image into the library.
  mutating func fetch(_ offer: Offer, _ item: WorkItem) async throws -> Leaving? {
    let begun = run.world.uptime()
    let outcome: FetchOutcome
    // Another process may have ended after the file and before its row. Then the link may have expired.
    let name = Self.incomingName(offer.position, of: item)
    if let file = try run.library.images.received(name) {
      outcome = try await take(file, offer.position, takesDamaged: true)
    } else {
      switch offer.source {
      case .link(let link): outcome = try await download(link, offer.position, item)
      case .inline(let image): outcome = try await unpack(image, offer.position, item)
      // A digest replaces only an image that has a row, so the service sent this one.
      case .stored: outcome = .unusable(.notBase64(.badCharacter(near: "sha256".utf8.count)))
      }
    }
    let decision = JobPlan.after(
      outcome, of: offer, for: item, &progress, at: run.world.uptime(), run.settings)
    return try await follow(decision, of: .download, startedAt: begun)
  }

  private func download(
    _ link: ImageLink, _ position: Int, _ item: WorkItem
  ) async throws -> FetchOutcome {
    guard await run.admission(of: .download, to: provider) == nil else { return .interrupted }
    guard let client = await client() else { return .interrupted }
    let file = try incoming(position, item)
    let sink = FileSink(file: file, link: Digest(of: link.url.utf8))
    run.tell(.downloading(id, position: position))
    do {
      let stop = run.stop
      _ = try await run.hosts.at(link) {
        try await stop.cancelling {
          try await client.download(link, resuming: sink.resumption(), to: sink)
        }
      }
    } catch DownloadError.rangeRefused(let length) where length == file.size && length != 0 {
      // The whole file was already here.
    } catch let error as DownloadError {
      if FileSink.isUseless(after: error) { file.discard() }
      return FetchOutcome(error)
    } catch is CancellationError {
      return .interrupted
    }
    let isLastTry = progress[position].failures + 1 >= run.settings.downloadTries
    return try await take(file, position, takesDamaged: isLastTry)
  }

  /// Images inside the reply, which is already recorded.
  private func unpack(
    _ image: InlineImage, _ position: Int, _ item: WorkItem
  ) async throws -> FetchOutcome {
    guard await run.admission(of: .download, to: provider) == nil else { return .interrupted }
    let bytes: [UInt8]
    do throws(Base64Error) {
      bytes = try image.decoded()
    } catch {
      return .unusable(.notBase64(error))
    }
    let file = try incoming(position, item)
    try file.restart()
    try bytes.withUnsafeBytes { try file.append($0) }
    let outcome = try await take(file, position, takesDamaged: true)
    // A complete file that is not an image will not become one later.
    switch outcome {
    case .trouble(let trouble, _), .unfetchable(let trouble): return .unusable(trouble)
    default: return outcome
    }
  }

  private func incoming(_ position: Int, _ item: WorkItem) throws -> IncomingFile {
    try run.library.images.receive(Self.incomingName(position, of: item))
  }

  /// The name of an image in `incoming/`.
  static func incomingName(_ position: Int, of item: WorkItem) -> String {
    "\(item.uid)-\(position)"
  }

  /// Decodes the file to its end, takes it into the store and records it.
  private func take(
    _ file: IncomingFile, _ position: Int, takesDamaged: Bool
  ) async throws -> FetchOutcome {
    await run.decoders.take()
    let received: ReceivedImage
    do throws(ImageError) {
      defer { run.decoders.giveBack() }
      received = try ReceivedImage.read(
        file.path, run.settings.imageLimits, takesDamaged: takesDamaged)
    } catch {
      let outcome = try FetchOutcome(error, of: file.path)
      file.discard()
      return outcome
    }
    let size = file.size
    // Until the row exists, the file would look like an orphan.
    guard let claim = try await run.claimStore() else { return .interrupted }
    defer { withExtendedLifetime(claim) {} }
    let digest = try run.library.images.keep(
      file, format: received.format, untilRecorded: true)
    let image = CataloguedImage(
      position: position, digest: digest, format: received.format, width: received.width,
      height: received.height, bytes: size, perceptualHash: received.perceptualHash)
    // If the run stops before, the next run uses the file as it is.
    try await run.catalog.make(.add(image, to: id), stoppedBy: run.stop)
    file.discard()
    run.tell(.stored(id, image))
    if let remark = received.remark {
      try await note("image \(position) was saved without being decoded: \(remark)")
    }
    return .stored
  }
}

extension FileSink {
  /// Whether the received bytes are not the beginning of the image.
  static func isUseless(after error: DownloadError) -> Bool {
    switch error {
    case .tooLarge, .rangeRefused, .expired: true
    default: false
    }
  }
}
