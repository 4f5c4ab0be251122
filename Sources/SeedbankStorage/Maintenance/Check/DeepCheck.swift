import Dispatch
import FilePaths
import SeedbankModel
import Synchronization

/// Hashes and decodes image files on all cores.
struct DeepCheck: Sendable {
  let folder: LibraryFolder
  let inspect: @Sendable (_ path: FilePath) -> ImageInspection

  /// The faults of the files, in their order.
  func faults(of files: [CataloguedFile]) -> [Fault] {
    let found = Mutex<[Int: [Fault]]>([:])
    DispatchQueue.concurrentPerform(iterations: files.count) { index in
      let faults = self.faults(of: files[index])
      if !faults.isEmpty { found.withLock { $0[index] = faults } }
    }
    let byFile = found.withLock { $0 }
    return files.indices.flatMap { byFile[$0] ?? [] }
  }

  private func faults(of file: CataloguedFile) -> [Fault] {
    let path = file.relativePath
    let whole = folder.path + "/" + path
    guard FileSystem.size(whole) != nil else { return [] }
    guard let digest = ImageStore.digest(ofFileAt: whole) else {
      return [.fileUnreadable(path: path)]
    }
    guard digest == file.digest else { return [.wrongBytes(path: path, found: digest)] }
    switch inspect(whole) {
    // Its bytes are those that were stored, and nothing more was known of them then.
    case .undecodable where file.isUndecoded: return []
    case .undecodable(let reason): return [.undecodable(path: path, reason: reason)]
    case .sound(let format, let width, let height, _):
      let found = "\(format) \(width)x\(height)"
      guard found != file.description else { return [] }
      return [.wrongDescription(path: path, recorded: file.description, found: found)]
    }
  }
}

/// The position of a deep check, in a file of the library, so that the next one can continue there.
struct CheckMark {
  private let path: FilePath

  init(_ folder: LibraryFolder) { path = folder.path + "/check.mark" }

  /// The last digest that was inspected.
  var digest: Digest? { FileSystem.text(path, limit: 64).flatMap { Digest($0) } }

  /// A mark that can't be written costs a repetition, no more.
  func set(_ digest: Digest) { FileSystem.write(digest.hex, to: path) }

  func remove() { FileSystem.removeIfPresent(path) }
}
