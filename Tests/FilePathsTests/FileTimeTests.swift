import FilePaths
import Foundation
import Testing

@Suite("Times of files")
struct FileTimeTests {
  @Test("a time that nanoseconds cannot express becomes the nearest one")
  func range() {
    for (seconds, nanoseconds, expected) in [
      (1, 5, 1_000_000_005), (-1, 500_000_000, -500_000_000),
      (9_223_372_036, 854_775_807, .max), (9_223_372_036, 854_775_808, .max),
      (10_413_792_000, 0, .max), (.max, 0, .max), (-11_644_473_600, 0, .min), (.min, 0, .min),
    ] as [(Int, Int, Int64)] {
      #expect(timespec(tv_sec: seconds, tv_nsec: nanoseconds).nanoseconds == expected)
    }
  }
}
