import NIOHTTP1

/// Replicate's predictions, and its store of files.
struct SimulatedReplicate: SimulatedService {
  let kind = "replicate"
  let errorShape: Answer.Shape? = .detail

  func purpose(_ method: HTTPMethod, _ path: [Substring]) -> Purpose? {
    if path.count == 5, path.starts(with: ["v1", "models"]), path[4] == "predictions" {
      return .submit()
    }
    if path == ["v1", "predictions"] { return .submit() }
    if path == ["v1", "files"] { return .upload }
    guard path.count == 3, path.starts(with: ["v1", "predictions"]) else { return nil }
    return .poll(job: String(path[2]))
  }

  func key(in headers: HTTPHeaders) -> String? { bearer(headers) }

  func read(_ call: Call) throws(Objection) -> SubmitRequest {
    let json = try JSON(request: call.body)
    var request = try SubmitRequest(predicting: json, body: call.body)
    let path = call.uri.split(separator: "/")
    if case .list(let images)? = json["input"]?["image_input"] {
      guard images.allSatisfy({ ($0.string?.utf8.count ?? 0) <= Self.longestImage }) else {
        throw .field("image_input", "Large files must be uploaded first.")
      }
    }
    request.model =
      path.count == 5 ? "\(path[2])/\(path[3])" : json["version"]?.string ?? "a-version"
    if request.seed != nil, request.model == "bytedance/seedream-4" {
      throw .field("seed", "Additional property seed is not allowed.")
    }
    return request
  }

  /// The length of the data URI of an image of 1 MB.
  private static let longestImage = 1_400_000

  func uploaded(_ call: Call, baseURL: String) throws(Objection) -> UploadedFile {
    let form = MultipartForm(call.body, type: call.headers.first(name: "Content-Type"))
    guard let file = form?.files.first, form?.files.count == 1, file.type.hasPrefix("image/") else {
      throw .field("content", "The form has no file.")
    }
    // Equal files have equal links, so that equal requests have equal intents.
    let id = "file-" + Digest64().adding(file.bytes).hexadecimal
    let link = "\(baseURL)/v1/files/\(id)"
    return UploadedFile(
      link: link,
      reply: .object([
        "id": .text(id), "content_type": .text(file.type), "size": .integer(file.bytes.count),
        "urls": .object(["get": .text(link)]),
      ]))
  }

  func isUpload(_ reference: String) -> Bool { reference.contains("/v1/files/") }

  func showsImages(_ acceptance: Acceptance) -> Bool { false }

  func accepted(_ work: AcceptedWork) -> Offer {
    var offer = prediction(work.job, "starting", work.baseURL)
    offer.status = 201
    return offer
  }

  func polled(_ work: PolledWork) -> Offer {
    let status =
      switch JobEnd(work.status) {
      case .success?: "succeeded"
      case .failure?: ["canceled", "aborted"].contains(work.status) ? work.status : "failed"
      case nil: work.status == "starting" ? "starting" : "processing"
      }
    var offer = prediction(work.job, status, work.baseURL)
    if JobEnd(work.status) == .failure {
      offer.fields["error"] = .text("The generation did not work out.")
    }
    offer.items = work.items
    return offer
  }

  private func prediction(
    _ job: GatewayState.Job, _ status: String, _ baseURL: String
  ) -> Offer {
    let address = "\(baseURL)/v1/predictions/\(job.id)"
    return Offer(
      fields: [
        "id": .text(job.id), "model": .text(job.pictures[0].model), "version": .text("hidden"),
        "status": .text(status), "output": .null, "error": .null, "logs": .text(""),
        "input": .object(["prompt": .text(job.pictures[0].prompt)]), "metrics": .object([:]),
        "urls": .object(["get": .text(address), "cancel": .text(address + "/cancel")]),
      ], items: nil, container: .output, element: nil, details: false)
  }
}

extension SubmitRequest {
  /// Reads the `input` of a prediction.
  init(predicting json: JSON, body: [UInt8]) throws(Objection) {
    guard let input = json["input"], case .object = input else {
      throw .field("input", "The request has no `input`.")
    }
    try self.init(input, images: input["image_input"], most: 14, body: body)
    if case .integer(let most)? = input["max_images"] { count = most }
    if case .integer(let width)? = input["width"], case .integer(let height)? = input["height"] {
      size = PixelSize(width: width, height: height)
    }
  }
}
