import SeedbankImaging
import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import SeedbankSync

extension LibraryAPI {
  /// The verdict on two image files, with its measured values.
  /// - Throws: `APIError`, `LibraryError`.
  func comparison(_ first: Digest, _ second: Digest, to writer: inout JSONWriter) throws {
    let original = try picture(first)
    let verdict: Verdict =
      first == second ? .identicalFile : Verdict.compare(original, try picture(second))
    ImageVerdict(verdict, original: first.hex, reproduction: second.hex).write(to: &writer)
  }

  private func picture(_ digest: Digest) throws -> Picture {
    guard let image = try library.catalogued(digest) else { throw APIError.notFound }
    let path = library.folder.absolutePath(of: image)
    guard let file = OpenFile(path) else { throw APIError.imageMissing }
    let bytes = try file.image(digest)
    do { return try Picture.decode(bytes) } catch { throw APIError.undecodable }
  }
}
