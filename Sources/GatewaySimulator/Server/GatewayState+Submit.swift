extension GatewayState {
  func submit(_ call: Call, to service: any SimulatedService) throws -> Directive {
    let reading = Result { () throws(Objection) in
      let request = try service.read(call)
      guard request.references.allSatisfy({ !service.isUpload($0) || uploads.contains($0) }) else {
        throw .field("image_input", "The file does not exist.")
      }
      return request
    }
    let request = try? reading.get()
    let behaviour = behaviour(
      .submit, call, subject: request?.intent ?? Digest64().adding(call.body).hexadecimal,
      prompt: request?.prompt)
    let now = now(behaviour)
    // A request with an id of the client's own can be repeated, and is not charged again.
    let earlier = request?.jobID.flatMap { jobs[$0] }
    if let answer = behaviour.answer ?? behaviour.refusal?.answer {
      if behaviour.charged ?? answer.charged ?? false, let request, earlier == nil {
        _ = try charge(request, call, service, behaviour, at: now)
      } else {
        ledger.refused += 1
      }
      return directive(behaviour, .reply(try service.shaped(answer).reply(at: now)), now)
    }
    if let request, let earlier {
      let work = AcceptedWork(
        job: earlier, request: request, acceptance: Acceptance(),
        items: items(of: earlier, [], base64: request.base64), now: now, baseURL: baseURL)
      return directive(behaviour, .offer(service.accepted(work)), now)
    }
    switch reading {
    case .failure(let objection):
      ledger.refused += 1
      let answer = service.shaped(objection.answer)
      return directive(behaviour, .reply(try answer.reply(at: now)), now)
    case .success(let request):
      guard behaviour.charged ?? true else {
        ledger.refused += 1
        let answer = service.shaped(Refusal.serverError.answer)
        return directive(behaviour, .reply(try answer.reply(at: now)), now)
      }
      let offer = try charge(request, call, service, behaviour, at: now)
      return directive(behaviour, .offer(offer), now)
    }
  }

  /// Stores a reference image; this is never charged.
  func upload(_ call: Call, to service: any SimulatedService) throws -> Directive {
    let subject = Digest64().adding(call.body).hexadecimal
    let behaviour = behaviour(.upload, call, subject: subject, prompt: nil)
    let now = now(behaviour)
    if let answer = behaviour.answer ?? behaviour.refusal?.answer {
      return Directive(
        behaviour: behaviour, content: .reply(try service.shaped(answer).reply(at: now)), now: now)
    }
    let reply: Reply
    do {
      let file = try service.uploaded(call, baseURL: baseURL)
      uploads.insert(file.link)
      reply = try Reply(201, file.reply)
    } catch let objection as Objection {
      reply = try service.shaped(objection.answer).reply(at: now)
    }
    return Directive(behaviour: behaviour, content: .reply(reply), now: now)
  }

  private func directive(_ behaviour: Behaviour, _ content: Directive.Content, _ now: Double)
    -> Directive
  {
    var behaviour = behaviour
    if behaviour.wait == nil, settings.latency > 0 { behaviour.wait = settings.latency }
    return Directive(behaviour: behaviour, content: content, now: now)
  }

  /// Writes the charge, starts its job, and returns the good reply.
  private func charge(
    _ request: SubmitRequest, _ call: Call, _ service: any SimulatedService,
    _ behaviour: Behaviour, at now: Double
  ) throws -> Offer {
    let number = (ledger.charges.last?.number ?? 0) + 1
    let acceptance = behaviour.accept ?? Acceptance()
    let identity = Digest64().adding(number).adding(request.intent)
    let seed = request.seed ?? Int(identity.adding("seed").value & 0x7fff_ffff)
    let pictures = (0..<max(acceptance.count ?? request.count, 1)).map { position in
      // The images of a group have consecutive seeds.
      Picture(
        prompt: request.prompt, seed: (seed + position) & 0x7fff_ffff, width: request.size.width,
        height: request.size.height, model: request.model, guidance: request.guidance,
        watermark: request.watermark
      ).altered(by: behaviour.picture, salt: number)
    }
    let style = acceptance.style ?? (request.base64 ? .base64 : .url)
    let base64 = style == .base64 || acceptance.element == .base64
    let job = Job(
      id: request.jobID ?? "job-\(identity.adding("job").hexadecimal)", pictures: pictures,
      failed: acceptance.failed ?? [], plan: behaviour.job ?? JobPlan(), base64: request.base64,
      lifetime: acceptance.lifetime ?? SignedURL.day,
      linkSuffix: acceptance.linkKey?.query(of: call.key ?? settings.key) ?? "", created: now,
      key: call.key == settings.key ? nil : call.key, service: service.kind)
    let shows = service.showsImages(acceptance)
    let issues = shows && !base64 ? issues(for: job) : []
    try record(
      Charge(
        number: number, time: settings.now(), prompt: request.prompt, seed: seed,
        model: request.model, size: "\(request.size)", intent: request.intent, job: job.id,
        body: Self.kept(request.body), service: service.kind, pictures: pictures, files: issues))
    jobs[job.id] = job
    register(issues, of: job)
    return service.accepted(
      AcceptedWork(
        job: job, request: request, acceptance: acceptance,
        items: shows ? items(of: job, issues, base64: base64) : nil, now: now, baseURL: baseURL))
  }

  /// A body as the ledger keeps it: of one with images in it only the start.
  private static func kept(_ body: String) -> String {
    let limit = 1 << 16
    guard body.utf8.count > limit else { return body }
    return "\(String(decoding: body.utf8.prefix(1024), as: UTF8.self))… (\(body.utf8.count) bytes)"
  }
}

extension GatewayState.Job {
  /// Tokens as the maker counts them: one for every 256 pixels.
  var usage: JSON {
    let good = pictures.indices.filter { !failed.contains($0) }
    let area = good.reduce(0) { $0 + pictures[$1].width * pictures[$1].height }
    let tokens = JSON.integer(Int((Double(area) / 256).rounded()))
    return .object([
      "generated_images": .integer(good.count), "output_tokens": tokens, "total_tokens": tokens,
    ])
  }
}
