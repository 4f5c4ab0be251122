import NIOHTTP1

/// fal's queue: a submit, a status, and a result at an address of its own.
struct SimulatedFal: SimulatedService {
  let kind = "fal"
  let errorShape: Answer.Shape? = .detail

  func purpose(_ method: HTTPMethod, _ path: [Substring]) -> Purpose? {
    guard path.count >= 2, path[0] == "fal-ai" else { return nil }
    // The addresses of a job lack the path that the model has inside its application.
    guard path.count >= 4, path[2] == "requests" else { return .submit() }
    let id = String(path[3])
    if path.count == 4 { return .poll(job: id, isResult: true) }
    return path.count == 5 && path[4] == "status" ? .poll(job: id) : nil
  }

  func key(in headers: HTTPHeaders) -> String? { bearer(headers, "Key ") }

  func read(_ call: Call) throws(Objection) -> SubmitRequest {
    let json = try JSON(request: call.body)
    var request = try SubmitRequest(
      json, images: json["image_urls"], most: 10, body: call.body)
    request.model = String(call.uri.dropFirst())
    guard request.model.hasSuffix("/edit") == !request.references.isEmpty else {
      throw .field("image_urls", "Only the endpoint for edits takes images.")
    }
    if let size = json["image_size"], case .integer(let width)? = size["width"],
      case .integer(let height)? = size["height"]
    {
      request.size = PixelSize(width: width, height: height)
    }
    if case .integer(let most)? = json["max_images"] { request.count = most }
    // The queue itself would send a request again, and models would fall back to others.
    guard call.headers.first(name: "x-fal-no-retry") == "1",
      call.headers.first(name: "x-app-fal-disable-fallback") == "true"
    else { throw .field("headers", "The headers against retries are missing.") }
    return request
  }

  func showsImages(_ acceptance: Acceptance) -> Bool { false }

  func accepted(_ work: AcceptedWork) -> Offer {
    status(of: work.job, "IN_QUEUE", work.baseURL)
  }

  func polled(_ work: PolledWork) -> Offer {
    let end = JobEnd(work.status)
    if work.isResult {
      let seed = work.job.pictures[0].seed
      var offer = Offer(
        fields: ["seed": .integer(seed)], items: work.items ?? [], container: .images,
        element: .url, details: false)
      offer.hasDimensions = true
      return offer
    }
    let isWaiting = ["queued", "pending", "in_queue"].contains(work.status.lowercased())
    return status(
      of: work.job, end == nil ? isWaiting ? "IN_QUEUE" : "IN_PROGRESS" : "COMPLETED",
      work.baseURL)
  }

  /// The status of a job says only that it is completed.
  ///
  /// Its result is the error of the model.
  func failure(of work: PolledWork) -> Answer? {
    guard work.isResult, JobEnd(work.status) == .failure else { return nil }
    let error = #"{"loc":["body"],"msg":"Internal server error","type":"internal_server_error"}"#
    return Answer(500, body: #"{"detail":[\#(error)]}"#)
  }

  private func status(
    of job: GatewayState.Job, _ status: String, _ baseURL: String
  ) -> Offer {
    let address = "\(baseURL)/fal-ai/bytedance/requests/\(job.id)"
    return Offer(
      fields: [
        "request_id": .text(job.id), "status": .text(status), "queue_position": .integer(0),
        "response_url": .text(address), "status_url": .text(address + "/status"),
        "cancel_url": .text(address + "/cancel"),
      ], items: nil, container: .images, element: nil, details: false)
  }
}
