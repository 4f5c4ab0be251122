import FoundationEssentials
import GalleryAssets
import SeedbankModel
import SeedbankStorage

/// The fixed parts of the gallery's page.
enum PageAssets {
  static let body = text(gallery_body())
  static let style = joined(gallery_style)
  /// All modules in one, because a page on disk cannot import modules.
  static let script = String(
    decoding: ModuleBundle.script(joining: Array(joined(gallery_script).utf8)), as: UTF8.self)

  private static func text(_ asset: gallery_asset) -> String {
    String(decoding: UnsafeBufferPointer(start: asset.bytes, count: asset.count), as: UTF8.self)
  }

  private static func joined(_ asset: (Int32) -> gallery_asset) -> String {
    var text = ""
    var index: Int32 = 0
    while asset(index).count > 0 {
      text += Self.text(asset(index))
      index += 1
    }
    return text
  }

  /// The source expression that allows exactly this inline text (CSP Level 3, section 2.3.1).
  static func source(allowing text: String) -> String {
    "'sha256-\(Data(Digest(of: text.utf8).bytes).base64EncodedString())'"
  }

  /// The page can load only images from its own folder, and run only this script.
  static let policy = [
    "default-src 'none'", "img-src 'self' file:",
    "style-src \(source(allowing: style))", "script-src \(source(allowing: script))",
    "base-uri 'none'", "form-action 'none'",
  ].joined(separator: "; ")
}
