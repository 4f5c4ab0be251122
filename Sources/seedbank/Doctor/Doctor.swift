/// The checks of `seedbank doctor`.
///
/// The findings are for bug reports: they contain no key, no password, no prompt, and neither the name of the
/// computer nor that of the home folder.
struct Doctor {
  let session: Session
  /// Whether requests are left out.
  let isOffline: Bool

  /// Runs all checks.
  ///
  /// They change nothing and charge nothing.
  func report() async -> DoctorReport {
    let gateway = await gatewayFindings() + providerFindings()
    return DoctorReport(
      versionFindings() + settingFindings() + gateway + libraryFindings() + terminalFindings(),
      home: session.environment.home)
  }
}
