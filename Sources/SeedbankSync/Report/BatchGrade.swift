import SeedbankModel

/// How well a batch ended, from best to worst: the exit status of the whole is that of its worst
/// part.
public enum BatchGrade: Int, Sendable, Comparable, CaseIterable {
  case done
  /// Run it again: something is still pending, or the gateway wants patience.
  case unfinished
  /// Something failed for good, is unknown or lost, or the gateway can't be reached.
  case unavailable
  case keyRefused
  /// There is no key, or no address to send to.
  case notConfigured
  case cannotCreate
  /// A full disk, or another fault of this machine.
  case inputOutput

  /// Orders grades from harmless to serious.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension SyncReport {
  /// The most serious of its parts.
  public var grade: BatchGrade {
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
    case .local, .noRoom: .inputOutput
    }
  }
}
