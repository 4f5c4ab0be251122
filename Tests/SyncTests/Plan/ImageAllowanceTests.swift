import Foundation
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage
@testable import SeedbankSync

@Suite("The allowance of images") struct ImageAllowanceTests {
  @Test("is used up by images that are taken, and never becomes negative")
  func taking() {
    var allowance = ImageAllowance(5)
    #expect(allowance.take(3) && allowance.remaining == 2)
    #expect(!allowance.take(3) && allowance.remaining == 2)
    allowance.giveBack(3)
    #expect(allowance.take(5) && allowance.remaining == 0)
    #expect(ImageAllowance(-1).remaining == 0)
  }

  @Test("is not larger than the rest of the daily budget after the requests of all processes")
  func budget() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "seedbank-allowance-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let library = try Library.open(LibraryFolder(path: folder), for: .creating)
    let noon = Timestamp(milliseconds: 1_700_049_600_000)
    var random = SystemRandomNumberGenerator()
    let id = try #require(
      try library.record([
        GenerationDraft(
          uid: UID(at: noon, using: &random), prompt: "x", parameters: Parameters(),
          createdAt: noon, requestBody: [1])
      ]).first)
    let budget = Budget(imagesPerDay: 6)
    try library.advance(
      id, .submit(to: "https://a.example"),
      reserving: Reservation(images: 4, price: nil, budget: budget, at: .utc(now: noon)),
      at: noon)
    func left(of images: Int, _ budget: Budget, _ time: Timestamp) throws -> Int {
      try ImageAllowance(images).remaining(under: budget, in: library, at: .utc(now: time))
    }
    #expect(try left(of: 20, budget, noon) == 2)
    #expect(try left(of: 1, budget, noon) == 1)
    #expect(try left(of: 20, Budget(imagesPerDay: 3), noon) == 0)
    #expect(try left(of: 20, Budget(), noon) == 20)
    #expect(try left(of: 20, budget, noon.advanced(bySeconds: 86_400)) == 6)
  }
}
