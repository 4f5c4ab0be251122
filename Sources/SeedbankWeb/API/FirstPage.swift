/// The first requests of the live page: its script, its style sheet and the first records.
///
/// The response with the page announces them. The browser then sends them before it has read the page, and does not
/// wait with the records until the script has started.
enum FirstPage {
  /// The number of records, as in `page.js`.
  private static let limit = 100

  /// Returns the value of the field `Link`.
  ///
  /// The browser uses the records only if their address is exactly that of the script's request.
  /// - Parameter query: the parameters of the page's own address.
  static func link(_ query: RequestQuery) -> String {
    let parameters = [("q", query["q"] ?? ""), ("sort", query["sort"] ?? "newest")]
    let pairs = parameters.filter { !$0.1.isEmpty }.map { "\($0.0)=\(encoded($0.1))" }
    let target = (pairs + ["limit=\(limit)"]).joined(separator: "&")
    return [
      "</assets/app.js>; rel=modulepreload", "</assets/app.css>; rel=preload; as=style",
      "</api/generations?\(target)>; rel=preload; as=fetch; crossorigin",
    ].joined(separator: ", ")
  }

  /// Encodes a value as a browser's `URLSearchParams` does (URL Standard, section 5.2).
  private static func encoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "*"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "_"):
        encoded.unicodeScalars.append(UnicodeScalar(byte))
      case HTTPByte.space: encoded += "+"
      default: encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return encoded
  }
}
