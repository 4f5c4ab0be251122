extension GatewayClient {
  /// Downloads an image into a sink, in constant memory.
  ///
  /// The URL is requested unchanged, without key or cookies. See ``ImageDownloader``.
  ///
  /// - Throws: ``DownloadError``, or what the sink throws.
  package func download(
    _ link: ImageLink, resuming resumption: Resumption? = nil, to sink: some DownloadSink
  ) async throws -> Download {
    try await ImageDownloader(
      transport, settings, DownloadPolicy(isGatewayLoopback: address.isLoopback), key, now: now
    ).download(link, resuming: resumption, to: sink)
  }
}
