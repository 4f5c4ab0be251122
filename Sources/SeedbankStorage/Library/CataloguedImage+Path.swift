public import SeedbankModel

extension CataloguedImage {
  /// Where the file lies, relative to the library folder.
  public var relativePath: String { LibraryFolder.relativePath(of: digest, format: format) }
}
