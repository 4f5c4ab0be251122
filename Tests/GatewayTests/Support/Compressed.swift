import Foundation

/// Bodies in the encodings of servers, created with zlib and brotli.
enum Compressed {
  /// The body `{"data":[{"url":"https://c.example/a.jpg"}]}` by the name of each encoding.
  static let image: [String: [UInt8]] = [
    "gzip": decode(
      "H4sIAAAAAAACA6tWSkksSVSyiq5WKi3KUbJSyigpKSi20tdP1kutSMwtyEnVT9TLKkhXqo2tBQC2cOoJLAAAAA=="),
    "deflate": decode("eNqrVkpJLElUsoquViotylGyUsooKSkottLXT9ZLrUjMLchJ1U/UyypIV6qNrQUATIsPHQ=="),
    "br": decode("ixWAeyJkYXRhIjpbeyJ1cmwiOiJodHRwczovL2MuZXhhbXBsZS9hLmpwZyJ9XX0D"),
  ]

  /// A brotli stream of 64 MiB of spaces.
  static let spaces = decode(
    "y///P/glQOKxQCD3/o///3/wSwDEYRGA7v0f////4JcAiMMCAN37P/7//8EvARCHBQC693/8//+DXwIgDgsAdO//+P//B78EQBwWAOje//H//w9+CYA4LADQvf/j//8f/BIAcVgAoHv/Nw=="
  )

  private static func decode(_ text: String) -> [UInt8] {
    Data(base64Encoded: text).map(Array.init) ?? []
  }
}
