import NIOHTTP1

/// A Cog server: a `PUT` returns the result, and no address tells the status of a prediction.
///
/// A repeated `PUT` is not charged again.
struct SimulatedCog: SimulatedService {
  let kind = "cog"
  let errorShape: Answer.Shape? = .detail

  func purpose(_ method: HTTPMethod, _ path: [Substring]) -> Purpose? {
    path.count == 2 && path[0] == "predictions" ? .submit(.PUT, job: String(path[1])) : nil
  }

  func key(in headers: HTTPHeaders) -> String? { bearer(headers) }

  func read(_ call: Call) throws(Objection) -> SubmitRequest {
    // The server sends the result of an asynchronous prediction only to a webhook, which Seedbank does not have.
    guard call.headers.first(name: "Prefer") == nil else {
      throw .field("Prefer", "The result of an asynchronous prediction cannot be requested.")
    }
    var request = try SubmitRequest(predicting: JSON(request: call.body), body: call.body)
    request.model = "a-local-model"
    request.base64 = true
    if case .service(_, let purpose) = call.place { request.jobID = purpose.job }
    return request
  }

  func accepted(_ work: AcceptedWork) -> Offer {
    let end = (work.job.plan.statuses?.last).flatMap { JobEnd($0) }
    var fields: [String: JSON] = [
      "id": .text(work.job.id), "logs": .text(""),
      "status": .text(end == .failure ? "failed" : "succeeded"),
      "input": .object(["prompt": .text(work.job.pictures[0].prompt)]),
      "metrics": .object(["predict_time": .number(4.5)]),
    ]
    // The words of a model can be those of a server that failed.
    if end == .failure { fields["error"] = .text("The device timed out. Please try again later.") }
    var offer = Offer(
      fields: fields, items: end == .failure ? nil : work.items,
      container: work.job.pictures.count == 1 ? .outputAlone : .output, element: nil,
      details: false, base64: work.acceptance.base64)
    offer.isDataURI = true
    return offer
  }
}
