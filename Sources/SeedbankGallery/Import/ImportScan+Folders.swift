import FilePaths
import Platform

extension ImportScan {
  /// Whether all files below a folder, except hidden ones, are as stated.
  ///
  /// - Parameters:
  ///   - relative: the path of the folder for `isExpected`.
  ///   - isExpected: called with the path of each file.
  static func holdsOnly(
    _ folder: FilePath, as relative: FilePath, _ isExpected: (FilePath) -> Bool
  ) -> Bool {
    guard let stream = opendir(folder) else { return true }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = FilePath(nameOf: entry)
      guard !name.hasPrefix(".") else { continue }
      let path = relative.appending(name)
      let isWhole =
        Int(entry.pointee.d_type) == Int(DT_DIR)
        ? holdsOnly(folder.appending(name), as: path, isExpected) : isExpected(path)
      if !isWhole { return false }
    }
    return true
  }

  /// The number of files below a folder.
  ///
  /// Links are not followed.
  static func count(_ folder: FilePath) -> Int {
    guard let stream = opendir(folder) else { return 0 }
    defer { closedir(stream) }
    var count = 0
    while let entry = readdir(stream) {
      let name = FilePath(nameOf: entry)
      guard name != FilePath("."), name != FilePath("..") else { continue }
      if Int(entry.pointee.d_type) == Int(DT_DIR) {
        count += Self.count(folder.appending(name))
      } else {
        count += 1
      }
    }
    return count
  }
}
