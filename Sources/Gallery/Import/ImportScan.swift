import Glibc

/// Finds the files below some paths, in an order that is the same each time.
struct ImportScan {
  /// A path that could not be read, and the system's reason.
  struct Unreadable: Hashable, Sendable {
    let path: String
    let errno: Int32
  }

  struct File: Hashable, Sendable {
    let path: String
    let bytes: Int64
  }

  private(set) var files: [File] = []
  /// Of the exported folders among them, by folder.
  private(set) var manifests: [String: ExportedManifest] = [:]
  private(set) var unreadable: [Unreadable] = []
  /// Folders by device and inode: a link that leads back up ends there.
  private var entered: Set<[UInt64]> = []
  private var lookedInto: Set<String> = []

  /// - Parameter excluded: a folder that is passed over, such as the library's own.
  init(_ paths: [String], excluding excluded: String?) {
    for path in paths { visit(path, excluding: excluded) }
  }

  private mutating func visit(_ path: String, excluding excluded: String?) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      unreadable.append(Unreadable(path: path, errno: errno))
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      guard !isMadeByExport(path, isFolder: false) else { return }
      files.append(File(path: path, bytes: Int64(status.st_size)))
    case S_IFDIR:
      guard path != excluded, !isMadeByExport(path, isFolder: true),
        entered.insert([UInt64(status.st_dev), UInt64(status.st_ino)]).inserted
      else { return }
      for name in names(in: path) { visit(path + "/" + name, excluding: excluded) }
    default: break
    }
  }

  /// Whether it is what an export makes of its images, and no image of its own: thumbnails and contact
  /// sheets. Looks for the manifest of the folder that it lies in by the way.
  private mutating func isMadeByExport(_ path: String, isFolder: Bool) -> Bool {
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    let name = path[slash...].drop { $0 == "/" }
    if isFolder, name != ExportLayout.thumbnails { return false }
    return hasManifest(String(path[..<slash])) && (isFolder || ExportLayout.isContactSheet(name))
  }

  private mutating func hasManifest(_ folder: String) -> Bool {
    if lookedInto.insert(folder).inserted {
      manifests[folder] = ExportedManifest(folder + "/" + ExportLayout.manifestLines)
    }
    return manifests[folder] != nil
  }

  /// Hidden names are left alone: they are caches and trash of other programs.
  private mutating func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else {
      unreadable.append(Unreadable(path: folder, errno: errno))
      return []
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}
