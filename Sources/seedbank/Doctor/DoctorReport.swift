import SeedbankModel

/// The findings of `seedbank doctor` as text and as JSON.
struct DoctorReport {
  let findings: [DoctorFinding]
  /// The home folder.
  ///
  /// It is shown as `~`, because its path often contains the name of the user.
  private let home: String

  init(_ findings: [DoctorFinding], home: String) {
    self.findings = findings
    self.home = home
  }

  var problems: [Failure] { findings.compactMap(\.failure) }

  /// The exit status of the most serious problem.
  var status: ExitStatus { problems.map(\.status).max() ?? .done }

  /// One line for each finding, and the remedy below each problem.
  func text(_ style: Style) -> String {
    let width = findings.map(\.name.count).max() ?? 0
    var text = ""
    for section in DoctorFinding.Section.allCases {
      let found = findings.filter { $0.section == section }
      if found.isEmpty { continue }
      text += style.bold(section.rawValue) + "\n"
      for finding in found {
        let name = finding.name + String(repeating: " ", count: width - finding.name.count)
        let mark = finding.failure == nil ? "  " : style.bad("! ")
        text += "\(mark)\(name)  \(shown(finding.value))\n"
        if let hint = finding.failure?.hint {
          text += String(repeating: " ", count: width + 4) + "hint: \(shown(hint))\n"
        }
      }
    }
    let count = problems.count
    return text + (count == 0 ? "No problems found.\n" : "\(Count.text(count, "problem")) found.\n")
  }

  var json: String {
    var writer = JSONWriter()
    writer.object { object in
      object.member("problems", problems.count)
      object.key("findings")
      object.array { array in
        for finding in findings {
          array.object {
            $0.member("section", finding.section.rawValue)
            $0.member("name", finding.name)
            $0.member("value", shown(finding.value))
            $0.member("problem", finding.failure != nil)
            $0.member("hint", finding.failure?.hint.map(shown))
          }
        }
      }
    }
    return writer.text + "\n"
  }

  private func shown(_ text: String) -> String {
    let text = SafeText.line(text)
    return home.count > 1 ? text.replacing(home + "/", with: "~/") : text
  }
}
