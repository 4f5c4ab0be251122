public import SeedbankProviders

/// The error in a file of prompts, and its line.
public struct PromptFileError: Error, Equatable, Sendable {
  /// Counted from 1; nil if the error is not in a single line.
  public let line: Int?
  /// What is wrong.
  public let fault: Fault

  /// The kinds of faults of a prompt file.
  public enum Fault: Equatable, Sendable {
    case unreadable(errno: Int32)
    /// No copy of the file could be made in this folder.
    case noSpool(folder: String, errno: Int32)
    case notUTF8
    /// It begins with the byte order mark of UTF-16.
    case utf16
    /// Its name has the extension of a format that is not supported.
    case foreignFormat
    /// Its name and its content do not agree, or the content fits several formats.
    case ambiguous(name: PromptFormat?, PromptAppearance)
    /// Longer than the limit.
    case lineTooLong(limit: Int)
    case nothingInIt
    case notJSON
    case notAnObject
    case noPrompt
    case unknownField(String)
    case badTag(String)
    case badRequest(RequestError)
    /// The header has no `prompt`.
    case noPromptColumn
    case columnTwice(String)
    case wrongNumberOfCells(found: Int, expected: Int)
    /// A quotation mark that is not closed, or text after the closing mark.
    case badQuoting
  }

  /// Makes an error, with the line number if it is known.
  public init(line: Int?, _ fault: Fault) {
    self.line = line
    self.fault = fault
  }
}
