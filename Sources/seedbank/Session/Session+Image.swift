import FilePaths
import SeedbankModel
import SeedbankStorage

extension Session {
  /// The images of a resolved REF, whose files are in the library.
  ///
  /// - Throws: `ReferenceError.withoutImage`, `LibraryError`, or a `Failure` of status 66 for a file that is
  ///   not in the library.
  func presentImages(
    of resolution: Resolution, in library: Library
  ) throws -> [CataloguedImage] {
    let id = resolution.generation
    let images = try library.generation(id)?.images ?? []
    let wanted = images.filter { resolution.image == nil || resolution.image == $0.position }
    guard !wanted.isEmpty else { throw ReferenceError.withoutImage(id) }
    for image in wanted { try image.checkPresence(of: id, in: library.folder) }
    return wanted
  }
}

extension CataloguedImage {
  /// - Throws: `Failure` of status 66 if the library does not have the file of this image of a generation.
  func checkPresence(of id: GenerationID, in folder: LibraryFolder) throws {
    guard place != .remote else {
      throw Failure(
        .noInput, "the image \(id).\(position) is on a remote only",
        hint: "download it: `seedbank fetch \(id)`")
    }
    let path = folder.absolutePath(of: self)
    guard place == .library, path.isRegularFile else {
      throw Failure(
        .noInput, "the image file \(path) of \(id).\(position) is missing",
        hint: "run `seedbank check` to see all errors")
    }
  }

  /// - Throws: `Failure` of status 66 if the library does not have the file of this image, which only
  ///   requests refer to.
  func checkPresenceAsReference(in folder: LibraryFolder) throws {
    guard place != .remote else {
      throw Failure(
        .noInput, "the reference image \(digest) is on a remote only",
        hint: "download it: `seedbank fetch reference:\(digest)`")
    }
    let path = folder.absolutePath(of: self)
    guard place == .library, path.isRegularFile else {
      throw Failure(
        .noInput, "the reference image \(path) is missing",
        hint: "run `seedbank check` to see all errors")
    }
  }
}
