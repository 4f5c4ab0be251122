extension GatewayState {
  func poll(
    _ call: Call, of service: any SimulatedService, _ purpose: Purpose
  ) throws -> Directive {
    guard let id = service.job(of: call, purpose) else {
      return try pollReply(
        Behaviour(), service, Answer(400, .text, message: "A job_set_id is required."))
    }
    let behaviour = behaviour(.poll, call, subject: id, prompt: jobs[id]?.pictures.first?.prompt)
    if let answer = behaviour.answer ?? behaviour.refusal?.answer {
      return try pollReply(behaviour, service, answer)
    }
    let unknown = Answer(404, .text, message: "The job is not known.")
    guard var job = jobs[id], job.key ?? settings.key == call.key, job.service == service.kind
    else { return try pollReply(behaviour, service, unknown) }
    if let plan = behaviour.job { job.plan = plan }
    // Only questions about the status move the job on.
    if !purpose.isResult { job.polls += 1 }
    jobs[id] = job
    let turn = job.polls - 1 - (job.plan.missing ?? 0)
    guard turn >= 0 else { return try pollReply(behaviour, service, unknown) }
    let statuses = job.plan.statuses ?? []
    let status = statuses.isEmpty ? "succeeded" : statuses[min(turn, statuses.count - 1)]
    let now = now(behaviour)
    // The number of polls that report success, with this one.
    let successes = 1 + max(0, turn - (statuses.firstIndex { JobEnd($0) == .success } ?? 0))
    let isEmpty = successes <= job.plan.empty ?? 0
    let work = PolledWork(
      job: job, status: status, items: shownItems(of: job, saying: status, isEmpty: isEmpty),
      isResult: purpose.isResult, now: now, baseURL: baseURL)
    if let answer = service.failure(of: work) {
      return try pollReply(behaviour, service, answer)
    }
    return Directive(behaviour: behaviour, content: .offer(service.polled(work)), now: now)
  }

  private func pollReply(
    _ behaviour: Behaviour, _ service: any SimulatedService, _ answer: Answer
  ) throws -> Directive {
    let now = now(behaviour)
    let reply = try service.shaped(answer).reply(at: now)
    return Directive(behaviour: behaviour, content: .reply(reply), now: now)
  }

  /// The images that a job shows at this status.
  private func shownItems(
    of job: Job, saying status: String, isEmpty: Bool
  ) -> [Offer.Item]? {
    switch JobEnd(status) {
    case .success? where job.plan.images ?? true && !isEmpty:
      let base64 = job.base64 || job.plan.element == .base64
      let issues = base64 ? [] : issues(for: job)
      register(issues, of: job)
      return items(of: job, issues, base64: base64)
    case nil where job.plan.preview == true:
      // A small image that is not the result.
      var draft = job
      draft.pictures = [job.pictures[0].altered(by: Alteration(size: "64x64"), salt: 0)]
      draft.id += "-preview"
      let issues = issues(for: draft)
      register(issues, of: draft)
      return items(of: draft, issues, base64: false)
    case .success? where job.plan.nullLinks == true: return [.nothing]
    case .success?, .failure?, nil: return nil
    }
  }
}
