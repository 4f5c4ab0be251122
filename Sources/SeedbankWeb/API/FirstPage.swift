import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// The first records of the live page, which the server sends with the page.
///
/// Without them, the script would have to start, request them, and wait for a frame before it could show an image.
struct FirstPage: Sendable {
  /// The number of records, as in `page.js`.
  static let limit = 100
  /// The number of thumbnails in `Link`.
  ///
  /// The browser uses up to six connections. More images would delay the script.
  private static let announcedImages = 6

  /// The answer of `GET /api/generations`, as a document can contain it.
  let json: [UInt8]
  /// The value of the field `Link`, which announces the first thumbnails; nil if there are none.
  ///
  /// The browser requests them while it loads the script.
  let link: String?

  /// - Parameters:
  ///   - answer: the answer of `GET /api/generations`.
  ///   - generations: its records.
  init(_ answer: [UInt8], _ generations: [Generation]) {
    json = Self.escaped(answer)
    let images = generations.lazy.compactMap(\.images.first).filter { $0.place != .missing }
    let links = images.prefix(Self.announcedImages).map(Self.link)
    link = links.isEmpty ? nil : links.joined(separator: ", ")
  }

  /// Returns JSON without `<`, which occurs in texts only.
  ///
  /// A prompt must not end the element that contains the records.
  private static func escaped(_ json: [UInt8]) -> [UInt8] {
    guard json.contains(UInt8(ascii: "<")) else { return json }
    return json.flatMap { $0 == UInt8(ascii: "<") ? Array("\\u003c".utf8) : [$0] }
  }

  /// The same thumbnails as in `records.js`, and about the widths of `grid.js`.
  ///
  /// If the browser chooses another thumbnail for the grid, it loads both.
  private static func link(_ image: CataloguedImage) -> String {
    let width = max(1, image.width)
    let height = max(1, image.height)
    let ratio = min(max(Double(width) / Double(height), 0.35), 3.2)
    let sides = image.place == .remote ? [320] : [320, 640]
    let sources = sides.map { side in
      let shown = Double(width) * min(1, Double(side) / Double(max(width, height)))
      return "/thumbnails/\(image.digest.hex)?size=\(side) \(Int(shown.rounded()))w"
    }
    let sizes = [(480, 128.0), (900, 160.0)].map { limit, height in
      "(max-width: \(limit - 1)px) \(Int(height * ratio))px"
    }
    return "</thumbnails/\(image.digest.hex)?size=320>; rel=preload; as=image"
      + "; imagesrcset=\"\(sources.joined(separator: ", "))\""
      + "; imagesizes=\"\((sizes + ["\(Int(200 * ratio))px"]).joined(separator: ", "))\""
  }
}
