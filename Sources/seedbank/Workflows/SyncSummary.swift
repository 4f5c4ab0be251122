import SeedbankModel
import SeedbankSync

/// The summary of a run.
enum SyncSummary {
  static let unknownExplained = """
    The outcome is unknown: the request was sent, but no usable reply arrived. It may have been \
    charged. It is not sent again by itself. `seedbank sync --retry-unknown` sends it again with the \
    same seed.
    """

  static let lostExplained = """
    `seedbank sync --retry-lost` tries to download missing images again. This charges nothing.
    """

  /// The counts per status, and each reason once.
  static func text(_ report: SyncReport, _ session: Session) -> String {
    guard !report.isEmpty else { return "" }
    var rows = Status.allCases.compactMap { status in
      report.counts[status].map { (status.rawValue, "\($0)") }
    }
    if report.elsewhere > 0 { rows.append(("elsewhere", "\(report.elsewhere)")) }
    let width = rows.map(\.1.count).max() ?? 0
    var text = ""
    for (name, count) in rows {
      text += String(repeating: " ", count: width - count.count) + "\(count)  \(name)\n"
      for reason in report.reasons where reason.status.rawValue == name {
        let example = reason.count == 1 ? "\(reason.example)" : "\(reason.example) and others"
        let line = "\(reason.count) × \(reason.message) (\(reason.code); \(example))"
        text += TextWrap.paragraph(
          SafeText.line(line), label: String(repeating: " ", count: width + 4),
          indent: width + 8, columns: session.terminal.width)
      }
    }
    return text
  }

  /// The same as JSON.
  static func json(_ report: SyncReport) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.key("counts")
      object.object { counts in
        for status in Status.allCases {
          counts.key(status.rawValue)
          counts.value(report.counts[status] ?? 0)
        }
      }
      object.key("partial")
      object.value(report.partial)
      object.key("elsewhere")
      object.value(report.elsewhere)
      object.key("reasons")
      object.array { list in
        for reason in report.reasons { write(reason, to: &list) }
      }
      object.key("stopped")
      if let stop = report.stop {
        object.value(Failure(stop, of: report.stopProvider).sentence)
      } else {
        object.null()
      }
    }
    writer.newline()
    return writer.bytes
  }

  private static func write(_ reason: SyncReport.Reason, to list: inout JSONWriter) {
    list.object { object in
      object.key("status")
      object.value(reason.status.rawValue)
      object.key("code")
      object.value(reason.code)
      object.key("message")
      object.value(reason.message)
      object.key("count")
      object.value(reason.count)
      object.key("example")
      object.value(reason.example.rawValue)
    }
  }

  /// In one line: `12 complete, 1 failed`.
  static func sentence(_ report: SyncReport) -> String {
    Status.allCases.compactMap { status in
      report.counts[status].map { count in
        let remark = status == .complete && report.partial > 0
        return "\(count) \(status.rawValue)" + (remark ? " (\(report.partial) partial)" : "")
      }
    }
    .joined(separator: ", ")
  }

  static func verb(_ status: Status) -> String {
    switch status {
    case .failed: "failed"
    case .complete: "is partial"
    case .unknown: "has an unknown outcome"
    case .lost: "is lost"
    default: "is \(status.rawValue)"
    }
  }
}

extension SyncReport {
  /// The exit status of a command that ends with it.
  var status: ExitStatus {
    switch grade {
    case .done: .done
    case .unfinished: .tryAgain
    case .unavailable: .unavailable
    case .keyRefused: .refused
    case .notConfigured: .notConfigured
    case .cannotCreate: .cannotCreate
    case .inputOutput: .inputOutput
    }
  }
}
