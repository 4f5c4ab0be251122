import Storage

/// Whether the library still has an image's file.
enum ImageFiles {
  static func isThere(_ image: CataloguedImage, in library: LibraryFolder) -> Bool {
    if case .file(false, _, _) = ExportFolder.fact(library.absolutePath(of: image)) { return true }
    return false
  }
}
