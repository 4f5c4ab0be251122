import SeedbankModel
public import SeedbankQuery
import SeedbankStorage

/// An error for clients: a code for programs, and a sentence and a hint for people.
public struct ErrorWords: Sendable, Equatable {
  /// Lower case with underscores, such as `bad_query`.
  public var code: String
  /// The sentence.
  public var message: String
  /// What to do about it; nil if there is nothing.
  public var hint: String?
  /// The position of the error in the text of the query, in UTF-16 units.
  public var offset: Int?

  /// Makes the words of one error.
  public init(code: String, message: String, hint: String? = nil, offset: Int? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
    self.offset = offset
  }

  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.key("error")
      object.object { error in
        error.member("code", code)
        error.member("message", message)
        error.member("hint", hint)
        if let offset { error.member("offset", offset) }
      }
    }
  }
}

/// The sentences of the command line for errors and notes, so that both programs use the same ones.
public struct Wording: Sendable {
  /// Returns the sentence and the hint for an error of a library.
  public var sentence: @Sendable (any Error) -> (message: String, hint: String?)
  /// Returns the sentence for a note about a query.
  public var note: @Sendable (QueryNote) -> String

  /// Makes the wording from functions of the caller.
  public init(
    sentence: @escaping @Sendable (any Error) -> (message: String, hint: String?),
    note: @escaping @Sendable (QueryNote) -> String
  ) {
    self.sentence = sentence
    self.note = note
  }
}
