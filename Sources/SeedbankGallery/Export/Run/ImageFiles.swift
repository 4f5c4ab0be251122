import FilePaths
import Glibc
import SeedbankModel
import SeedbankStorage

/// Whether the library still has an image's file.
enum ImageFiles {
  static func isThere(_ image: CataloguedImage, in library: LibraryFolder) -> Bool {
    // A library may only refer to its files, by symbolic links: what they lead to counts.
    var status = stat()
    return stat(library.absolutePath(of: image), &status) == 0
      && status.st_mode & S_IFMT == S_IFREG
  }
}
