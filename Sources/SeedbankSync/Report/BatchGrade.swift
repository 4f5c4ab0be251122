import SeedbankModel

/// The result of a batch, from best to worst.
///
/// The exit status is that of the worst part.
package enum BatchGrade: Int, Sendable, Comparable, CaseIterable {
  case done
  /// Run it again: something is still pending, or the gateway asks for a pause.
  case unfinished
  /// A generation failed permanently, is unknown or lost, or the gateway cannot be reached.
  case unavailable
  case keyRefused
  /// The key or the address is missing.
  case notConfigured
  case cannotCreate
  /// A full disk or another problem of this computer.
  case inputOutput

  /// Orders grades from harmless to serious.
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension SyncReport {
  /// The most serious of its parts.
  package var grade: BatchGrade {
    let parts = counts.keys.map(Self.grade)
    let elsewhere: BatchGrade = elsewhere > 0 ? .unfinished : .done
    let partial: BatchGrade = partial > 0 ? .unavailable : .done
    return max(parts.max() ?? .done, elsewhere, partial, stop.map(Self.grade) ?? .done)
  }

  private static func grade(_ status: Status) -> BatchGrade {
    switch status {
    case .complete: .done
    case .queued, .submitting, .pending, .ready, .held: .unfinished
    case .failed, .unknown, .lost: .unavailable
    }
  }

  private static func grade(_ stop: StopReason) -> BatchGrade {
    switch stop {
    case .budget(.unknownPrice): .notConfigured
    case .quotaExhausted, .throttled, .interrupted, .budget: .unfinished
    case .unreachable, .wrongAddress, .outage: .unavailable
    case .keyRefused: .keyRefused
    case .noClient: .notConfigured
    case .local(.cannotCreate), .local(.readOnly): .cannotCreate
    case .local(.busy): .unfinished
    case .local, .noDiskSpace: .inputOutput
    }
  }
}
