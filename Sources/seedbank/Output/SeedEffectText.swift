import SeedbankProviders
import SeedbankSync

extension SeedEffect {
  /// What is documented and what was measured, in one line.
  var text: String { [documented, measuredText].compactMap(\.self).joined(separator: "; ") }

  /// What the service documents; nil if the service is not known.
  private var documented: String? {
    switch handling {
    case .documented: "documented: similar images, not identical ones"
    case .accepted: "not documented, but the model uses it"
    case .disputed: "sources disagree on whether the model uses it"
    case .ignored: "the service ignores it"
    case .rejected: "the model takes no seed"
    case .unknown: "not known if the model uses it"
    case nil: nil
    }
  }

  /// What the reproductions in this library have shown; nil if there are none.
  var measuredText: String? {
    let alike = measured.identical + measured.near
    let judged = alike + measured.different
    guard judged > 0 else { return nil }
    return
      "measured in this library: \(alike) of \(Count.text(judged, "repeated image")) "
      + "\(alike == 1 || judged == 1 ? "is" : "are") identical or nearly identical"
  }
}
