/// The result of one check of `seedbank doctor`.
struct DoctorFinding {
  /// The groups in which findings are shown, in their order.
  enum Section: String, CaseIterable {
    case versions, settings, gateway, providers, library, terminal
  }

  let section: Section
  let name: String
  /// The result; for a problem, its description.
  let value: String
  /// Nil unless it is a problem.
  let failure: Failure?

  init(_ section: Section, _ name: String, _ value: String) {
    self.section = section
    self.name = name
    self.value = value
    failure = nil
  }

  init(_ section: Section, _ name: String, _ failure: Failure) {
    self.section = section
    self.name = name
    value = failure.sentence
    self.failure = failure
  }

  /// The outcome of a check that may fail.
  ///
  /// A failure becomes a finding, so that the other checks still run.
  init(_ section: Section, _ name: String, _ check: () throws -> String) {
    do {
      self.init(section, name, try check())
    } catch {
      self.init(section, name, Failure(error))
    }
  }
}
