public import SeedbankModel

extension CataloguedImage {
  /// The path of the file, relative to the library's folder.
  public var relativePath: String { LibraryFolder.relativePath(of: digest, format: format) }
}
