import Foundation
import SeedbankModel
import TestRandomness
import Testing

@testable import SeedbankProviders

@Suite("Base64 in replies")
struct Base64Tests {
  private func decode(_ text: String) throws -> [UInt8] {
    try Array(text.utf8).withUnsafeBufferPointer { try Base64.decode($0) }
  }

  @Test("every length is decoded as Foundation encodes it")
  func lengths() throws {
    var generator = SeededGenerator(seed: 3)
    for length in 1...130 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
      #expect(try decode(Data(bytes).base64EncodedString()) == bytes)
    }
  }

  @Test("line breaks, spaces, missing padding and the URL-safe alphabet are not damage")
  func tolerant() throws {
    var generator = SeededGenerator(seed: 8)
    for length in 1...200 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let plain = Data(bytes).base64EncodedString()
      let lines = Data(bytes).base64EncodedString(options: [
        .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
      ])
      let urlSafe = String(plain.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
      let unpadded = plain.filter { $0 != "=" }
      let escaped = plain.replacingOccurrences(of: "+", with: "%2B")
        .replacingOccurrences(of: "/", with: "%2f").replacingOccurrences(of: "=", with: "%3D")
      for text in [
        lines, lines + "\n", " " + plain + " \t", urlSafe, urlSafe.filter { $0 != "=" }, unpadded,
        unpadded + "\r\n", escaped,
      ] {
        #expect(try decode(text) == bytes, "\(text)")
      }
    }
  }

  @Test(
    "damaged base64 is refused",
    arguments: [
      ("", Base64Error.empty), ("\n", .empty), ("Q", .badLength), ("QUFBQ", .badLength),
      ("QQ=", .badLength), ("QR==", .badCharacter(near: 0)), ("QR", .badCharacter(near: 0)),
      ("QUF=", .badCharacter(near: 0)), ("QUFBQ===", .badCharacter(near: 4)),
      ("QQ==QQ==", .badCharacter(near: 0)), ("QUF*", .badCharacter(near: 0)),
      ("QUFBQU*B", .badCharacter(near: 4)), ("QUFBQU%", .badCharacter(near: 4)),
      ("====", .badCharacter(near: 0)),
    ])
  func strict(_ text: String, _ error: Base64Error) {
    #expect(throws: error) { try decode(text) }
  }

  @Test("an image of 16 MiB in a reply is read completely")
  func large() throws {
    let image = [UInt8](repeating: 0xA5, count: 16 << 20)
    let body =
      Array(#"{"data":[{"b64_json":""#.utf8) + Data(image).base64EncodedData() + #""}]}"#.utf8
    guard case .inline(let inline)? = Offers.read(body)?.images.first?.source else {
      Issue.record("no image was offered")
      return
    }
    #expect(try inline.decoded() == image)
  }
}
