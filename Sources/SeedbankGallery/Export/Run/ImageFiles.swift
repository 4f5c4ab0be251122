import FilePaths
import Platform
import SeedbankModel
import SeedbankStorage

/// Whether the library still has an image's file.
enum ImageFiles {
  static func isThere(_ image: CataloguedImage, in library: LibraryFolder) -> Bool {
    isThere(library.absolutePath(of: image))
  }

  static func isThere(_ path: FilePath) -> Bool {
    // A library may contain symbolic links to its files. Then the target counts.
    path.isRegularFile
  }
}
