import SeedbankModel
import Testing

@Suite("An amount of money")
struct MoneyAmountTests {
  @Test(
    "is read and written exactly",
    arguments: [
      ("0.03", 30_000, "0.03"), ("25.00", 25_000_000, "25"), ("3e-2", 30_000, "0.03"),
      ("1.5E+2", 150_000_000, "150"), ("-0.000001", -1, "-0.000001"), ("0", 0, "0"),
      ("0.1000000", 100_000, "0.1"),
    ] as [(String, Int64, String)])
  func exact(text: String, microunits: Int64, written: String) {
    #expect(MoneyAmount(text)?.microunits == microunits)
    #expect(MoneyAmount(microunits: microunits).description == written)
  }

  @Test(
    "is not read from other text, too many decimals or too large a number",
    arguments: [
      "", ".", "-", "1,5", "1.2.3", "0.0000001", "1e30", "1e", "nan", "9999999999999999999",
    ])
  func refused(text: String) { #expect(MoneyAmount(text) == nil) }
}
