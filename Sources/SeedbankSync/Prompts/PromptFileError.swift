public import SeedbankProviders

/// What is wrong with a file of prompts, and in which line.
public struct PromptFileError: Error, Equatable, Sendable {
  /// Counted from 1; nil where it is not about a line.
  public let line: Int?
  /// What is wrong.
  public let fault: Fault

  /// The kinds of faults of a prompt file.
  public enum Fault: Equatable, Sendable {
    case unreadable(errno: Int32)
    /// No copy of a pipe could be made in this folder.
    case noSpool(folder: String, errno: Int32)
    case notUTF8
    /// It begins with the byte order mark of UTF-16.
    case utf16
    /// Its name is that of a format that is not read.
    case foreignFormat
    /// Its name, where it says anything, and its content do not agree, or the content may be several
    /// things.
    case ambiguous(name: PromptFormat?, PromptAppearance)
    /// Longer than any prompt.
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
    /// A quote that is never closed, or text after a closing one.
    case badQuoting
    /// The second reading of the file met something else than the first.
    case changedMeanwhile
  }

  /// Makes an error, with the line number if it is known.
  public init(line: Int?, _ fault: Fault) {
    self.line = line
    self.fault = fault
  }
}
