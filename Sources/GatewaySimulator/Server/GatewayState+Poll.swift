extension GatewayState {
  func poll(_ call: Call) throws -> Directive {
    guard case .text(let id)? = (try? JSON(parsing: call.body))?["job_set_id"] else {
      return try pollReply(
        Behaviour(), Answer(400, .text, message: "A job_set_id is required."))
    }
    let behaviour = behaviour(.poll, call, subject: id, prompt: jobs[id]?.pictures.first?.prompt)
    if let answer = behaviour.answer ?? behaviour.refusal?.answer {
      return try pollReply(behaviour, answer)
    }
    let unknown = Answer(404, .text, message: "The job is not known.")
    guard var job = jobs[id], job.key ?? settings.key == call.key else {
      return try pollReply(behaviour, unknown)
    }
    if let plan = behaviour.job { job.plan = plan }
    job.polls += 1
    jobs[id] = job
    let turn = job.polls - 1 - (job.plan.missing ?? 0)
    guard turn >= 0 else { return try pollReply(behaviour, unknown) }
    let statuses = job.plan.statuses ?? []
    let status = statuses.isEmpty ? "succeeded" : statuses[min(turn, statuses.count - 1)]
    let now = now(behaviour)
    // The number of polls that report success, with this one.
    let successes = 1 + max(0, turn - (statuses.firstIndex { JobEnd($0) == .success } ?? 0))
    let isEmpty = successes <= job.plan.empty ?? 0
    return Directive(
      behaviour: behaviour,
      content: .offer(offer(of: job, saying: status, isEmpty: isEmpty, at: now)), now: now)
  }

  private func pollReply(_ behaviour: Behaviour, _ answer: Answer) throws -> Directive {
    let now = now(behaviour)
    return Directive(
      behaviour: behaviour, content: .reply(try answer.reply(at: now)), now: now)
  }

  private func offer(
    of job: Job, saying status: String, isEmpty: Bool, at now: Double
  ) -> Offer {
    var fields: [String: JSON] = ["job_set_id": .text(job.id), "status": .text(status)]
    let created = job.plan.created ?? .seconds
    fields["created_at"] = created.value(job.created)
    fields["updated_at"] = created.value(now)
    var items: [Offer.Item]?
    switch JobEnd(status) {
    case .success? where job.plan.images ?? true && !isEmpty:
      let base64 = job.base64 || job.plan.element == .base64
      let issues = base64 ? [] : issues(for: job)
      register(issues, of: job)
      items = self.items(of: job, issues, base64: base64)
    case .failure?:
      fields["error"] = .object([
        "code": .text("GenerationFailed"), "message": .text("The generation did not work out."),
      ])
    case nil where job.plan.preview == true:
      // A small image that is not the result.
      var draft = job
      draft.pictures = [job.pictures[0].altered(by: Alteration(size: "64x64"), salt: 0)]
      draft.id += "-preview"
      let issues = issues(for: draft)
      register(issues, of: draft)
      items = self.items(of: draft, issues, base64: false)
    case .success? where job.plan.nullLinks == true: items = [.nothing]
    case .success?, nil: break
    }
    return Offer(
      fields: fields, items: items, container: job.plan.container ?? .images,
      element: job.plan.element, details: false, base64: job.plan.base64,
      isWrapped: job.plan.wrapped ?? false)
  }
}
