extension GatewayClient {
  /// Uploads a reference image, if the service does not take it in the request.
  ///
  /// The key goes to the service's own address only. An upload is not charged, so it can be repeated.
  ///
  /// - Parameter placeholder: The name of the image in the recorded request.
  /// - Returns: Nil if the request contains the bytes of the image.
  package func upload(
    _ image: ReferenceBytes, named placeholder: String, for request: EncodedRequest,
    clientID: String
  ) async -> UploadOutcome? {
    guard let call = service.upload(of: image, named: placeholder, for: request) else { return nil }
    do {
      let reply = try await send(
        call, [placeholder: image], boundary: Self.boundary(clientID), on: .fresh,
        within: settings.submitLimits, limit: settings.replyLimit
      ) { try await Reply($0) }
      return service.readUpload(reply, at: now())
    } catch let failure as ExchangeFailure {
      return .refused(Self.outcome(of: failure))
    } catch {
      return .refused(
        .unknown(UnknownOutcome(reason: .connectionLost(.other), message: .none)))
    }
  }
}
