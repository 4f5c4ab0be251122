import Testing

@testable import SeedbankImaging

struct StealthTests {
  private func hiding(_ message: [UInt8], signature: String, in pixels: Pixels) -> Pixels {
    let all = Array(signature.utf8) + (message.count * 8).bigEndianBytes(4) + message
    let bits = all.flatMap { byte in (0..<8).map { byte >> (7 - UInt8($0)) & 1 } }
    var bytes = pixels.bytes
    let channels = signature.contains("rgb") ? [0, 1, 2] : [3]
    for (index, bit) in bits.enumerated() {
      let pixel = index / channels.count
      let (x, y) = (pixel / pixels.height, pixel % pixels.height)
      let place = (y * pixels.width + x) * pixels.layout.channels + channels[index % channels.count]
      bytes[place] = bytes[place] & 0xFE | bit
    }
    return Pixels(
      width: pixels.width, height: pixels.height, layout: pixels.layout, bytes: bytes)!
  }

  @Test(
    "a text hidden in pixels is read",
    arguments: ["stealth_pnginfo", "stealth_pngcomp", "stealth_rgbinfo", "stealth_rgbcomp"])
  func read(signature: String) throws {
    let text = "a cat 猫 👩‍🚀\nSteps: 28, Seed: 7"
    let message = Array(text.utf8)
    let body = signature.hasSuffix("comp") ? compressed(message, gzip: true) : message
    let scene = Scene.withAlpha(3, width: 64, height: 48)
    #expect(StealthMetadata.read(scene) == nil)
    let hidden = hiding(body, signature: signature, in: scene)
    #expect(StealthMetadata.read(hidden) == text)
    #expect(StealthMetadata.read(try Picture.decode(hidden.encoded(as: .png())).stored) == text)
  }

  @Test("a length beyond the image is no text")
  func tooLong() {
    let scene = Scene.withAlpha(3, width: 64, height: 48)
    let hidden = hiding([UInt8](repeating: 65, count: 300), signature: "stealth_pnginfo", in: scene)
    let cut = hidden.cropped(left: 0, top: 0, width: 10, height: 48)
    #expect(StealthMetadata.read(cut) == nil)
  }
}
