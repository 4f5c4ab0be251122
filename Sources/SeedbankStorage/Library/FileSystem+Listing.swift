import FilePaths
import Platform

extension FileSystem {
  /// Returns the names in a folder, sorted, without `.` and `..`; empty if the folder does not
  /// exist.
  static func names(in folder: FilePath) throws -> [String] {
    guard let stream = opendir(folder) else {
      if errno == ENOENT { return [] }
      throw failure("list", folder)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = FilePath(nameOf: entry).text
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
