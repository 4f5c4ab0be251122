import Foundation
import TestRandomness
import Testing

@testable import SeedbankProviders

@Suite("Times in replies")
struct TimeTests {
  @Test(
    "the three forms of an HTTP date are read",
    arguments: [
      "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    ])
  func http(_ text: String) {
    #expect(ReplyDate.http(text)?.timeIntervalSince1970 == 784_111_777)
  }

  @Test(
    "other texts are not dates",
    arguments: ["", "soon", "Sun, 99 Nov 1994 08:49:37 GMT", "a b c d e"])
  func noDate(_ text: String) {
    #expect(ReplyDate.http(text) == nil)
    #expect(ReplyDate.iso8601(text) == nil)
  }

  @Test("ISO 8601 is read with zone, fraction or neither")
  func iso() {
    let moment = 1_757_499_942.0
    for text in [
      "2025-09-10T10:25:42Z", "2025-09-10t10:25:42z", "2025-09-10 10:25:42",
      "2025-09-10T12:25:42+02:00",
      "2025-09-10T04:55:42-0530",
    ] {
      #expect(ReplyDate.iso8601(text)?.timeIntervalSince1970 == moment)
    }
    #expect(ReplyDate.iso8601("2025-09-10T10:25:42.5Z")?.timeIntervalSince1970 == moment + 0.5)
    #expect(ReplyDate.iso8601("2024-02-29")?.timeIntervalSince1970 == 1_709_164_800)
  }

  @Test("civil dates agree with Foundation's calendar")
  func calendar() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<300 {
      let date = Date(
        timeIntervalSince1970: Double(Int.random(in: 0..<7_000_000_000, using: &generator)))
      let parts = calendar.dateComponents(
        [.year, .month, .day, .hour, .minute, .second], from: date)
      let read = ReplyDate.date(
        year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0, hour: parts.hour ?? 0,
        minute: parts.minute ?? 0, second: Double(parts.second ?? 0))
      #expect(read == date)
    }
  }

  @Test(
    "a pause that is not a finite number is ignored, and others are limited",
    arguments: [
      ("nan", nil), ("-nan", nil), ("inf", nil), ("-infinity", nil), ("1e999", nil), ("-5", .zero),
      ("0", .zero), ("2.5", .milliseconds(2_500)), ("1e300", .seconds(316_224_000)),
    ] as [(String, Duration?)])
  func pauses(_ number: String, _ pause: Duration?) {
    let message = GatewayMessage(code: nil, text: "Please try again in \(number) seconds.")
    let header = Reply(status: 429, headers: ["Retry-After": number])
    for (reply, message) in [(Reply(status: 429), message), (header, .none)] {
      #expect(RetryAfter.read(reply, message: message, at: ReplyFixture.arrival) == pause)
    }
    let notice = QuotaNotice(Reply(status: 429), message: message, at: ReplyFixture.arrival)
    #expect((notice.until == nil) == (pause == nil || number.hasPrefix("-") || number == "1e300"))
  }

  @Test(
    "the time of the quota's reset is read",
    arguments: [
      ("in 00:00:01", 1.0), ("in 23:59:59.", 86_399), ("in 1.00:00:00", 86_400),
      ("in 12:30:00.5 and", 45_000.5),
    ])
  func quota(_ text: String, _ seconds: Double) {
    #expect(QuotaNotice.replenished(text) == seconds)
  }

  @Test(
    "other numbers are not times", arguments: ["in 3 hours", "1:2", "1.2.3:04:05", "00:99:00", "x"])
  func noQuota(_ text: String) {
    #expect(QuotaNotice.replenished(text) == nil)
  }
}
