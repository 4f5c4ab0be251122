import FilePaths
import Platform
import SeedbankImaging

/// Reads files beside an image.
enum SidecarFile {
  /// The size limits, in bytes.
  static let (longestText, longestPacket, longestLog) = (4 << 20, 16 << 20, 32 << 20)

  /// The text of a file; nil if it does not exist, is not a regular file or is larger than `limit`.
  ///
  /// A symbolic link is followed only to a file below the folder that it lies in.
  static func text(_ path: FilePath, limit: Int) -> String? {
    read(path, limit: limit).map(decode)
  }

  static func read(_ path: FilePath, limit: Int) -> [UInt8]? {
    guard let target = target(of: path) else { return nil }
    // Opening a named pipe must not wait for a writer.
    let descriptor = open(target, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.isRegularFile,
      status.st_size <= limit
    else { return nil }
    return readBytes(of: descriptor, count: Int(status.st_size))
  }

  private static func target(of path: FilePath) -> FilePath? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    guard status.isSymbolicLink else { return path }
    guard let folder = realpath(path.folder), let target = realpath(path),
      target.isInside(folder)
    else { return nil }
    return target
  }

  /// UTF-16 if it has a byte order mark, otherwise UTF-8 or Windows-1252.
  private static func decode(_ bytes: [UInt8]) -> String {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      let isBig = bytes[0] == 0xFE
      var units: [UInt16] = []
      for index in stride(from: 2, to: bytes.count - 1, by: 2) {
        let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
        units.append(isBig ? first << 8 | second : second << 8 | first)
      }
      return String(decoding: units, as: UTF16.self)
    }
    let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return ForeignText.decode(bytes[mark...])
  }

  // MARK: Names

  /// `FOLDER/NAME` of `FOLDER/NAME.EXT`.
  static func stem(of path: FilePath) -> FilePath {
    let name = path.name.bytes
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return path }
    return FilePath(bytes: path.bytes.dropLast(name.count - dot))
  }

  /// The names of a sidecar with this ending: in lower case, then in upper case.
  static func names(_ path: FilePath, _ ending: String) -> [FilePath] {
    [path + ending, path + ending.uppercased()]
  }

  /// Whether a file is the sidecar of an image.
  static func isSidecar(_ path: FilePath) -> Bool {
    if path.name == FooocusLog.fileName { return FooocusLog.isLog(path) }
    guard let ending = sidecarEnding(of: path) else { return false }
    let rest = FilePath(bytes: path.bytes.dropLast(ending.utf8.count))
    if imageEndings.contains(where: { rest.hasSuffix(ignoringCase: $0) }), exists(rest) {
      return true
    }
    return imageEndings.contains { exists(rest + $0) || exists(rest + $0.uppercased()) }
  }

  /// The files whose import also reads the file at `path`: the images of a sidecar, and the folder of a
  /// manifest.
  ///
  /// Fooocus writes its log after each image, so a log has none.
  static func dependentFiles(of path: FilePath) -> [FilePath] {
    if path.name == FilePath(ExportLayout.manifestLines) { return [path.folder] }
    guard let ending = sidecarEnding(of: path) else { return [] }
    let rest = FilePath(bytes: path.bytes.dropLast(ending.utf8.count))
    let images = imageEndings.flatMap { [rest + $0, rest + $0.uppercased()] } + [rest]
    return images.filter { image in
      imageEndings.contains { image.hasSuffix(ignoringCase: $0) } && exists(image)
    }
  }

  /// The ending of a name that a sidecar can have.
  private static func sidecarEnding(of path: FilePath) -> String? {
    endings.flatMap { [$0, $0.uppercased()] }
      .first { path.bytes.suffix($0.utf8.count).elementsEqual($0.utf8) }
  }

  /// The longest first.
  private static let endings = [
    ".swarm.json", ".metadata.json", ".json", ".xmp", ".txt", ".caption",
  ]
  private static let imageEndings = [
    ".jpg", ".jpeg", ".png", ".webp", ".avif", ".heic", ".heif", ".jxl", ".gif",
  ]

  private static func exists(_ path: FilePath) -> Bool { access(path, F_OK) == 0 }
}
