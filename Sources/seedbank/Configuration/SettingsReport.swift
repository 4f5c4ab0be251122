import FilePaths
import SeedbankModel
import SeedbankProviders

/// All effective settings with their origins, as text and as JSON.
enum SettingsReport {
  struct Row {
    let name: String
    /// Nil if it is not set, so that the gateway or the model decides.
    let value: String?
    let origin: SettingOrigin?
  }

  static func rows(_ session: Session) throws -> [Row] {
    let settings = try Settings(session)
    try settings.check()
    var rows = [
      row("library", try Settings.library(session)),
      Row(
        name: "config_file", value: session.environment.configFile.description,
        origin: settings.file == nil
          ? nil
          : session.environment["SEEDBANK_CONFIG"].map { _ in .variable("SEEDBANK_CONFIG") }
            ?? .builtIn),
      row("gateway", try settings.gateway()),
      try keyRow(session, settings),
      row("concurrency", try settings.concurrency()),
      row(Setting.confirmImages.rawValue, try settings.confirmImages()),
    ]
    let shown: Set<Setting> = [.library, .gateway, .concurrency, .confirmImages]
    for setting in Setting.allCases where !shown.contains(setting) {
      rows.append(row(setting.rawValue, try settings.checkedText(setting)))
    }
    for key in settings.file?.keys.compactMap({ ConfigKey($0) }) ?? [] {
      if case .setting = key { continue }
      rows.append(row(key.name, settings.text(of: key)))
    }
    return rows
  }

  private static func row<Value>(_ name: String, _ value: Sourced<Value>?) -> Row {
    Row(name: name, value: value.map { "\($0.value)" }, origin: value?.origin)
  }

  /// Only the place of the key.
  ///
  /// Whether it can be read is a part of this check.
  private static func keyRow(_ session: Session, _ settings: Settings) throws -> Row {
    switch try APIKeySource.find(session, settings) {
    case nil: return Row(name: "api_key", value: nil, origin: nil)
    case .variable:
      return keyRow(session, settings, "", .variable(APIKeySource.variableName))
    case .file(let path, let origin):
      return keyRow(session, settings, ", in \(path)", origin)
    }
  }

  private static func keyRow(
    _ session: Session, _ settings: Settings, _ place: String, _ origin: SettingOrigin
  ) -> Row {
    do {
      _ = try APIKey(APIKeySource.read(session, settings))
      return Row(name: "api_key", value: "set\(place)", origin: origin)
    } catch {
      session.talk.report(Failure(error))
      return Row(name: "api_key", value: "refused\(place)", origin: origin)
    }
  }

  static func text(_ rows: [Row], _ style: Style) -> String {
    let width = rows.map(\.name.count).max() ?? 0
    return rows.reduce(into: "") { text, row in
      let name = row.name + String(repeating: " ", count: width - row.name.count)
      let origin = row.origin.map { style.faint("  (\(SafeText.line($0.description)))") } ?? ""
      text += "\(style.bold(name))  \(SafeText.line(row.value ?? "not set"))\(origin)\n"
    }
  }

  static func json(_ rows: [Row]) -> String {
    let fields = rows.map { row in
      let value = row.value.map(JSONWriter.string) ?? "null"
      let origin = row.origin.map { JSONWriter.string($0.description) } ?? "null"
      return "  \(JSONWriter.string(row.name)): {\"value\": \(value), \"origin\": \(origin)}"
    }
    return "{\n" + fields.joined(separator: ",\n") + "\n}\n"
  }
}
