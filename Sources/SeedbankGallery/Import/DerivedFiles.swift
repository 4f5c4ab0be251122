import FilePaths

/// Which files and folders other programs made from images: thumbnails, previews and caches. Only the
/// names of a folder decide, so no file has to be opened.
struct DerivedFiles {
  /// The names that stand beside each other, in lower case as text.
  private let names: Set<String>
  private let folder: String
  /// Stems of the images one folder up, where the folder is one of thumbnails.
  private let originals: Set<String>

  /// - Parameters:
  ///   - folder: its own name.
  ///   - names: what stands in it.
  ///   - above: what stands beside the folder; asked only if the folder is called `thumbnails`.
  init(folder: FilePath, names: [FilePath], above: () -> [FilePath]) {
    self.folder = Self.key(folder)
    self.names = Set(names.map(Self.key))
    guard self.folder == "thumbnails" else {
      originals = []
      return
    }
    originals = Set(above().map(Self.key).filter(Self.isImage).map(Self.stem))
  }

  /// What the entry is, or nil if it is a file or folder like any other.
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
    // InvokeAI keeps `thumbnails/NAME.webp` below NAME.png.
    if originals.contains(stem) { return true }
    // Eagle: NAME_thumbnail.png beside NAME.png in NAME.info.
    if folder.hasSuffix(".info"), stem.hasSuffix("_thumbnail") { return true }
    // A model's own image stands beside it: NAME.png or NAME.preview.png beside NAME.safetensors.
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

  /// Bytes beyond ASCII stay apart from each other, whatever encoding they are of.
  private static func key(_ name: FilePath) -> String {
    String(
      String.UnicodeScalarView(
        name.bytes.map { byte in
          (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            ? Unicode.Scalar(byte + 32) : Unicode.Scalar(byte)
        }))
  }
}
