public import FilePaths
import Platform

/// A file of prompts that can be read more than once, from a file or a pipe.
///
/// Its bytes are first copied into a nameless temporary file. So every line can be checked before
/// the first is recorded, at any length and in little memory. Exactly the checked lines are
/// recorded, even if another program changes the file meanwhile.
public final class PromptFile: Sendable {
  /// The format of the file.
  public let format: PromptFormat
  private let delimiter: PromptAppearance.Delimiter
  private let descriptor: Int32

  /// Opens the file at `path`.
  ///
  /// - Parameters:
  ///   - format: Nil: by the name and the first bytes.
  ///   - spool: the folder for the temporary copy.
  /// - Throws: `PromptFileError`.
  public convenience init(
    path: FilePath, format: PromptFormat? = nil, spool: String
  ) throws(PromptFileError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw PromptFileError(line: nil, .unreadable(errno: errno)) }
    try self.init(
      taking: descriptor, named: PromptFormat.Name(path: path), format: format, spool: spool)
  }

  /// Reads an open descriptor, such as a copy of standard input, to its end, and closes it.
  public convenience init(
    taking descriptor: Int32, format: PromptFormat?, spool: String
  ) throws(PromptFileError) {
    try self.init(taking: descriptor, named: .silent, format: format, spool: spool)
  }

  private init(
    taking descriptor: Int32, named name: PromptFormat.Name, format: PromptFormat?, spool: String
  ) throws(PromptFileError) {
    defer { close(descriptor) }
    let spooled = try Self.copy(of: descriptor, in: spool)
    self.descriptor = spooled
    do throws(PromptFileError) {
      let beginning = try Self.beginning(spooled)
      guard !ByteOrderMark.isUTF16(beginning) else { throw PromptFileError(line: nil, .utf16) }
      let appearance = PromptAppearance(beginning)
      self.format = if let format { format } else { try PromptFormat(name, appearance) }
      delimiter =
        switch (self.format, appearance) {
        case (.tabs, _): .tab
        case (_, .table(let found?)): found
        default: .comma
        }
    } catch {
      close(spooled)
      throw error
    }
  }

  deinit { close(descriptor) }

  func reader() -> PromptReader {
    PromptReader(ByteReader(descriptor: descriptor), format: format, delimiter: delimiter)
  }

  private static func beginning(_ descriptor: Int32) throws(PromptFileError) -> [UInt8] {
    var bytes = ByteReader(descriptor: descriptor)
    var beginning: [UInt8] = []
    while beginning.count < PromptAppearance.limit, let byte = try bytes.next() {
      beginning.append(byte)
    }
    return beginning
  }

  /// A nameless file with all bytes of the descriptor.
  private static func copy(of source: Int32, in folder: String) throws(PromptFileError) -> Int32 {
    var template = Array((folder + "/seedbank-XXXXXX").utf8CString)
    let target = mkstemp(&template)
    guard target >= 0, fcntl(target, F_SETFD, FD_CLOEXEC) == 0 else {
      throw PromptFileError(line: nil, .noSpool(folder: folder, errno: errno))
    }
    unlink(template)
    do throws(PromptFileError) {
      let isRead = try readPieces(of: source) { piece throws(PromptFileError) in
        guard writeAll(piece, to: target) else {
          throw PromptFileError(line: nil, .noSpool(folder: folder, errno: errno))
        }
      }
      guard isRead else { throw PromptFileError(line: nil, .unreadable(errno: errno)) }
      return target
    } catch {
      close(target)
      throw error
    }
  }
}
