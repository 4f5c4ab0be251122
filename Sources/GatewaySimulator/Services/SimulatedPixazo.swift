import NIOHTTP1

/// The gateway itself: text to image, edits by one and by several images, and jobs.
struct SimulatedPixazo: SimulatedService {
  let kind = "pixazo"

  func purpose(_ method: HTTPMethod, _ path: [Substring]) -> Purpose? {
    switch path {
    case ["byteplus", "v1", "getTextToImage"], ["byteplus", "v1", "getEditImage"],
      ["byteplus", "v1", "getEditMultiImage"]:
      .submit()
    case ["ai-model-api-polling", "getGenerationResults"]: .poll(.POST)
    default: nil
    }
  }

  func key(in headers: HTTPHeaders) -> String? { headers.first(name: Self.keyField) }

  static let keyField = "Ocp-Apim-Subscription-Key"

  func read(_ call: Call) throws(Objection) -> SubmitRequest {
    guard call.uri.hasPrefix("/byteplus/v1/getEdit") else { return try SubmitRequest(call.body) }
    let json = try JSON(request: call.body)
    var request = try SubmitRequest(
      json, images: json["image"], most: call.uri.contains("Multi") ? 14 : 1,
      body: call.body)
    request.model =
      call.uri.contains("Multi") ? "seedream-4-0-250828" : "seededit-3-0-i2i-250628"
    // The service fetches the images itself.
    guard request.references.allSatisfy({ $0.hasPrefix("http") }) else {
      throw .field("image", "The parameter `image` must be a URL.")
    }
    return request
  }

  func job(of call: Call, _ purpose: Purpose) -> String? {
    guard case .text(let id)? = (try? JSON(parsing: call.body))?["job_set_id"] else { return nil }
    return id
  }

  func showsImages(_ acceptance: Acceptance) -> Bool {
    acceptance.style != .job || acceptance.image == true
  }

  func accepted(_ work: AcceptedWork) -> Offer {
    let acceptance = work.acceptance
    var fields: [String: JSON] = [:]
    if acceptance.style == .job || acceptance.id != nil {
      fields[(acceptance.id ?? .jobSetID).rawValue] = .text(work.job.id)
    }
    fields["created"] = (acceptance.created ?? .seconds).value(work.now)
    if acceptance.details == true { fields["model"] = .text(work.request.model) }
    if work.items != nil, acceptance.usage ?? true { fields["usage"] = work.job.usage }
    return Offer(
      fields: fields, items: work.items, container: acceptance.container ?? .data,
      element: acceptance.element, details: acceptance.details ?? false,
      base64: acceptance.base64, isWrapped: acceptance.wrapped ?? false)
  }

  func polled(_ work: PolledWork) -> Offer {
    let plan = work.job.plan
    let created = plan.created ?? .seconds
    var fields: [String: JSON] = [
      "job_set_id": .text(work.job.id), "status": .text(work.status),
    ]
    fields["created_at"] = created.value(work.job.created)
    fields["updated_at"] = created.value(work.now)
    if JobEnd(work.status) == .failure {
      fields["error"] = .object([
        "code": .text("GenerationFailed"), "message": .text("The generation did not work out."),
      ])
    }
    return Offer(
      fields: fields, items: work.items, container: plan.container ?? .images,
      element: plan.element, details: false, base64: plan.base64, isWrapped: plan.wrapped ?? false)
  }
}

/// The gateway's queues of both generations, which have a status address of their own.
struct SimulatedPixazoQueue: SimulatedService {
  let kind = "pixazo-queue"

  func purpose(_ method: HTTPMethod, _ path: [Substring]) -> Purpose? {
    switch path {
    case ["seedream-5-lite", "v1", "text-to-image"], ["seedream-5-lite", "v1", "edit-image"],
      ["seedream-5-pro", "v1", "text-to-image"], ["seedream-5-pro", "v1", "edit-image"],
      [
        "seedream-5-0-lite-text-to-image", "v1", "seedream-5-0-lite-text-to-image-request",
      ],
      ["seedream-5-0-lite-edit", "v1", "seedream-5-0-lite-edit-request"]:
      return .submit()
    default:
      guard path.count == 4, path.starts(with: ["v2", "requests", "status"]) else { return nil }
      return .poll(job: String(path[3]))
    }
  }

  func key(in headers: HTTPHeaders) -> String? { headers.first(name: SimulatedPixazo.keyField) }

  func read(_ call: Call) throws(Objection) -> SubmitRequest {
    let json = try JSON(request: call.body)
    let isOlder = call.uri.hasPrefix("/seedream-5-0-lite")
    var request = try SubmitRequest(
      json, images: json[isOlder ? "image_urls" : "image"], most: 14, body: call.body)
    request.model = String(call.uri.dropFirst().prefix { $0 != "/" })
    guard call.uri.contains("edit") == !request.references.isEmpty else {
      throw .field("image", "Only the address for edits takes images.")
    }
    return request
  }

  func showsImages(_ acceptance: Acceptance) -> Bool { acceptance.style == .url }

  func accepted(_ work: AcceptedWork) -> Offer {
    var fields: [String: JSON] = ["request_id": .text(work.job.id)]
    fields["status"] = .text(work.items == nil ? "QUEUED" : "COMPLETED")
    fields["polling_url"] = .text("\(work.baseURL)/v2/requests/status/\(work.job.id)")
    return Offer(
      fields: fields, items: work.items,
      container: work.acceptance.container ?? .outputMediaURL, element: nil, details: false)
  }

  func polled(_ work: PolledWork) -> Offer {
    var fields: [String: JSON] = ["request_id": .text(work.job.id)]
    switch JobEnd(work.status) {
    case .success?: fields["status"] = .text("COMPLETED")
    case .failure?:
      fields["status"] = .text("FAILED")
      fields["error"] = .text("The generation did not work out.")
    case nil: fields["status"] = .text(work.status.uppercased())
    }
    return Offer(
      fields: fields, items: work.items, container: work.job.plan.container ?? .outputMediaURL,
      element: nil, details: false)
  }
}
