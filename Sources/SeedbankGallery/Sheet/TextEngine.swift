import CTextLayout

/// Draws lines of text in the system's default sans-serif font.
///
/// Other fonts are used for missing characters.
final class TextEngine {
  private let engine: OpaquePointer

  /// Opens the libraries and the fonts.
  ///
  /// - Throws: `ExportError.noText` with the reason.
  init() throws(ExportError) {
    var failure = text_failure()
    guard let engine = text_engine_open(&failure) else {
      let detail = withUnsafePointer(to: failure.detail) {
        $0.withMemoryRebound(to: CChar.self, capacity: 200) { String(cString: $0) }
      }
      switch failure.status {
      case TEXT_NO_LIBRARY: throw .noText(.libraryMissing(name: detail))
      case TEXT_NO_FONT: throw .noText(.noFont)
      default: throw .noText(.failed(detail: detail))
      }
    }
    self.engine = engine
  }

  deinit { text_engine_close(engine) }

  /// The width of one line in pixels.
  func width(_ text: String, size: Int) -> Double {
    var text = text
    return text.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) {
        max(0, text_measure(engine, $0.baseAddress, $0.count, Int32(size)))
      }
    }
  }

  /// The characters of a text that no installed font has, each once.
  func charactersWithoutFont(in text: String) -> Set<Unicode.Scalar> {
    Set(text.unicodeScalars.filter { text_is_missing(engine, $0.value) })
  }

  /// Draws one line as coverage, 0 to 255, into a strip of pixels.
  func draw(_ text: String, size: Int, into strip: inout TextStrip) {
    var text = text
    let baseline = Int32(strip.height * 3 / 4)
    let (width, height) = (Int32(strip.width), Int32(strip.height))
    text.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) { line in
        strip.coverage.withUnsafeMutableBufferPointer { coverage in
          _ = text_draw(
            engine, line.baseAddress, line.count, Int32(size), 0, baseline, coverage.baseAddress,
            width, height)
        }
      }
    }
  }
}

/// The buffer for one line of text.
struct TextStrip {
  let width: Int
  let height: Int
  /// The coverage of each pixel, row by row.
  var coverage: [UInt8]

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    coverage = [UInt8](repeating: 0, count: width * height)
  }
}
