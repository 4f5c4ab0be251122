import Testing

@testable import SeedbankProviders

@Suite("The price of a request")
struct PriceTableTests {
  private func micros(
    _ model: String, _ size: String? = nil, group: Int? = nil, by prices: PriceTable = .standard
  ) -> Int64? {
    let parameters = RequestParameters(
      model: model, size: size.flatMap { ImageSize($0) }, group: group)
    return Ark().price(of: SubmitRequest(prompt: "p", parameters: parameters), by: prices)?.micros
  }

  @Test("a preset that is not larger than the limit has the lower price, as its size in pixels has")
  func presets() {
    let model = "dola-seedream-5-0-pro-260628"
    #expect(micros(model, "1.5K") == 45_000)
    #expect(micros(model, "1536x1536") == 45_000)
    #expect(micros(model, "2K") == 90_000)
    #expect(micros(model) == 90_000)
  }

  @Test("a price that is too large for an amount is not known")
  func tooLarge() {
    let prices = PriceTable(own: ["m": ModelPrice(image: 5_000_000_000_000_000_000)])
    #expect(micros("m", by: prices) == 5_000_000_000_000_000_000)
    #expect(micros("m", group: 2, by: prices) == nil)
  }
}
