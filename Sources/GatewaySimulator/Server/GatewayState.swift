import FoundationEssentials

/// The state of the gateway: its script, its jobs, the addresses in replies, and its ledger.
actor GatewayState {
  let settings: Settings
  let baseURL: String
  var script: Script
  var ledger = Ledger()
  var jobs: [String: Job] = [:]
  var files: [String: File] = [:]
  /// The links of uploaded reference images.
  var uploads: Set<String> = []
  private let ledgerFile: LedgerFile?
  private var fired: [Int: Int] = [:]
  private var attempts: [String: Int] = [:]

  struct Settings: Sendable {
    var key: String
    var latency: Double
    var now: @Sendable () -> Double
  }

  /// Work that a submit started.
  struct Job: Sendable {
    var id: String
    var pictures: [Picture]
    var failed: [Int] = []
    var plan: JobPlan
    var base64 = false
    var lifetime = SignedURL.day
    /// The text after the signature of each URL.
    var linkSuffix = ""
    var created: Double
    var polls = 0
    /// The key that it was submitted with; nil: the gateway's own.
    var key: String?
    /// The service that it was submitted to.
    var service: String
  }

  /// A file that was offered.
  struct File: Sendable {
    var picture: Picture
    var expires: Double
  }

  init(
    script: Script, settings: Settings, baseURL: String, ledgerFile: LedgerFile?, charges: [Charge]
  ) {
    self.script = script
    self.settings = settings
    self.baseURL = baseURL
    self.ledgerFile = ledgerFile
    ledger.charges = charges
    for charge in charges {
      jobs[charge.job] = Job(
        id: charge.job, pictures: charge.pictures, plan: JobPlan(), created: charge.time,
        service: charge.service ?? SimulatedPixazo().kind)
      for file in charge.files where charge.pictures.indices.contains(file.position) {
        files[file.uri] = File(picture: charge.pictures[file.position], expires: file.expires)
      }
    }
  }

  /// Replaces the script.
  ///
  /// The numbers of calls continue.
  func follow(_ script: Script) {
    self.script = script
    fired = [:]
  }

  func arrive(_ place: Place) -> Int { place.endpoint.map { ledger.arrive($0) } ?? 0 }

  /// The exchange is not under way any more.
  func finish(_ place: Place) {
    if let endpoint = place.endpoint { ledger.leave(endpoint) }
  }

  func leave(_ place: Place, status: Int?) {
    guard let endpoint = place.endpoint else { return }
    ledger.replies["\(endpoint) \(status.map(String.init) ?? "none")", default: 0] += 1
  }

  /// Decides about an accepted connection before anything is read.
  func accept() -> Behaviour {
    let occasion = Occasion(endpoint: .connection, number: ledger.arrive(.connection))
    return behaviour(on: occasion, when: { _ in true })
  }

  /// Whether the connection closes after the request's header was read.
  func closesAfterHeaders(_ place: Place, number: Int) -> Bool {
    guard let endpoint = place.endpoint else { return false }
    let occasion = Occasion(endpoint: endpoint, number: number)
    let found = behaviour(on: occasion) { $0.connection == .closeAfterHeaders }
    guard found.connection != nil else { return false }
    if endpoint == .submit { ledger.refused += 1 }
    return true
  }

  /// The behaviour for a call after its body was read.
  ///
  /// `subject` is the request, job or file of the call.
  func behaviour(_ endpoint: Endpoint, _ call: Call, subject: String, prompt: String?)
    -> Behaviour
  {
    attempts["\(endpoint) \(subject)", default: 0] += 1
    let occasion = Occasion(
      endpoint: endpoint, number: call.number,
      attempt: attempts["\(endpoint) \(subject)", default: 1], prompt: prompt)
    return behaviour(on: occasion) { $0.connection != .closeAfterHeaders }
  }

  private func behaviour(on occasion: Occasion, when speaks: (Behaviour) -> Bool) -> Behaviour {
    var sum = Behaviour()
    for (index, rule) in script.rules.enumerated() where speaks(rule.behaviour) {
      let count = fired[index, default: 0]
      guard rule.matches(occasion, index: index, seed: script.seed ?? 0, fired: count) else {
        continue
      }
      fired[index] = count + 1
      sum = sum.completed(by: rule.behaviour)
    }
    return sum
  }

  func record(_ charge: Charge) throws(SimulatorError) {
    try ledgerFile?.append(charge)
    ledger.charges.append(charge)
  }

  func now(_ behaviour: Behaviour) -> Double { settings.now() + (behaviour.clock ?? 0) }
}
