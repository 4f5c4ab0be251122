import FilePaths

/// Recognizes thumbnails, previews and caches of other programs.
///
/// Only the names in a folder are used, so no file is opened.
struct DerivedFiles {
  /// The names in the folder, in lower case.
  private let names: Set<String>
  private let folder: String
  /// The stems of the images in the parent folder, if this is a folder of thumbnails.
  private let originals: Set<String>

  /// - Parameters:
  ///   - folder: its own name.
  ///   - names: the names in it.
  ///   - above: the names in the parent folder; called only if the folder is named `thumbnails`.
  init(folder: FilePath, names: [FilePath], above: () -> [FilePath]) {
    self.folder = Self.key(folder)
    self.names = Set(names.map(Self.key))
    guard self.folder == "thumbnails" else {
      originals = []
      return
    }
    originals = Set(above().map(Self.key).filter(Self.isImage).map(Self.stem))
  }

  /// Why the entry is skipped, or nil if it is not.
  func reason(_ name: FilePath, isFolder: Bool) -> LeftOut.Reason? {
    let key = Self.key(name)
    if isFolder {
      if Self.folders.contains(key) || key.hasSuffix(".lrdata") { return .thumbnail }
      let isPhotosCache = folder.hasSuffix(".photoslibrary") && key == "resources"
      return isPhotosCache ? .thumbnail : nil
    }
    return isThumbnail(key) ? .thumbnail : nil
  }

  private func isThumbnail(_ key: String) -> Bool {
    if Self.files.contains(key) { return true }
    let stem = Self.stem(key)
    if stem.hasSuffix(".swarmpreview") { return true }
    // InvokeAI writes `thumbnails/NAME.webp` for NAME.png.
    if originals.contains(stem) { return true }
    // Eagle: NAME_thumbnail.png beside NAME.png in NAME.info.
    if folder.hasSuffix(".info"), stem.hasSuffix("_thumbnail") { return true }
    // The preview of a model: NAME.png or NAME.preview.png beside NAME.safetensors.
    guard Self.isImage(key) else { return false }
    let model = stem.hasSuffix(".preview") ? String(stem.dropLast(8)) : stem
    return Self.modelEndings.contains { names.contains(model + $0) }
  }

  /// Synology, QNAP, macOS archives, Windows.
  private static let folders: Set<String> = [
    "@eadir", "#recycle", "#snapshot", "@recycle", "@tmp", "__macosx", "$recycle.bin", "recycler",
    "system volume information",
  ]

  private static let files: Set<String> = [
    "thumbs.db", "ehthumbs.db", "desktop.ini", "thumbnails-digikam.db",
  ]

  private static let modelEndings = [
    ".safetensors", ".ckpt", ".pt", ".pth", ".bin", ".gguf", ".onnx", ".sft",
  ]

  private static let imageEndings = [
    ".png", ".jpg", ".jpeg", ".webp", ".avif", ".heic", ".heif", ".jxl", ".gif",
  ]

  private static func isImage(_ key: String) -> Bool {
    imageEndings.contains { key.hasSuffix($0) }
  }

  private static func stem(_ key: String) -> String {
    key.lastIndex(of: ".").map { String(key[..<$0]) } ?? key
  }

  /// Each non-ASCII byte becomes its own character, because the encoding is not known.
  private static func key(_ name: FilePath) -> String {
    String(
      String.UnicodeScalarView(
        name.bytes.map { byte in
          (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            ? Unicode.Scalar(byte + 32) : Unicode.Scalar(byte)
        }))
  }
}
