package import SeedbankModel

/// A field of a query and the value that it must have.
package enum Condition: Hashable, Sendable {
  case tag(TagPattern)
  case seed(SeedPattern)
  /// Nil: no model is recorded.
  case model(Wildcard?)
  /// `1024x1024` or `2k`; nil: no size is known.
  case size(String?)
  case width(Interval<Int64>)
  case height(Interval<Int64>)
  case ratio(RatioPattern)
  /// Nil: unrated.
  case rating(Interval<Int64>?)
  case status(Status)
  case state(State)
  case has(Part)
  case created(DatePattern)
  case collection(String)
  case savedSearch(String)
  case parent(Int64)
  /// The parent by another name than its id, which the caller must resolve.
  case childOf(String)
  case id(Interval<Int64>)
  /// The generation by another name than its id, which the caller must resolve.
  case generation(String)
  /// A name of an image to compare with, which the caller must resolve.
  case similar(String)
  /// The result of `similar`.
  case ids(Set<Int64>)
  case row(AnyRowCondition)
}

/// A tag with its subtags unless `isExact`.
///
/// An asterisk matches any text, as in `Wildcard`.
package struct TagPattern: Hashable, Sendable {
  package let name: String
  package let isExact: Bool

  /// The only name that it matches, beside those of subtags; nil if an asterisk matches any text.
  package var plainName: String? { Wildcard(text: name).plainText }
}

package enum SeedPattern: Hashable, Sendable {
  case unknown
  case within(Interval<ImageSeed>)
  /// The seeds whose decimal digits begin with these, after a minus if there is one.
  case beginning(String)

  /// The ranges of the seeds.
  package var ranges: [ClosedRange<ImageSeed>] {
    switch self {
    case .unknown: []
    case .within(let interval): interval.closed.map { [$0] } ?? []
    case .beginning(let digits): ImageSeed.ranges(beginning: digits)
    }
  }
}

package enum RatioPattern: Hashable, Sendable {
  case portrait
  case landscape
  case square
  /// The ratio of width to height, with a tolerance of 2 %: 16:9 is often 1344x768.
  case near(Int64, Int64)

  package func contains(width: Int, height: Int) -> Bool {
    switch self {
    case .portrait: return height > width
    case .landscape: return width > height
    case .square: return width == height
    case .near(let across, let down):
      let (left, leftOverflow) = Int64(width).multipliedReportingOverflow(by: down)
      let (right, rightOverflow) = Int64(height).multipliedReportingOverflow(by: across)
      guard !leftOverflow, !rightOverflow else { return false }
      return (left - right).magnitude <= right.magnitude / 50
    }
  }
}

/// The values of `is:`.
package enum State: String, Hashable, Sendable, CaseIterable {
  case favorite, complete, partial, pending, held, failed, unknown, lost, missing, remote,
    reproduction, reproduced
}

/// The values of `has:`.
package enum Part: String, Hashable, Sendable, CaseIterable {
  case note, tag, image, prompt
}
