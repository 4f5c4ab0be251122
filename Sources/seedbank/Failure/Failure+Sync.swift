import Gateway
import Glibc
import Storage
import Sync

extension Failure {
  /// Why a run ended early.
  init(_ reason: StopReason) {
    switch reason {
    case .quotaExhausted(let notice):
      let until = notice.until.map {
        "it is filled again at \(Clock.local(Timestamp(seconds: $0.timeIntervalSince1970)))"
      }
      self.init(
        .tryAgain, "the gateway's allowance is used up\(Self.quoted(notice.message))",
        hint: "\(until ?? "the gateway does not say until when"); nothing is lost, and "
          + "`seedbank sync` goes on then")
    case .throttled(let until):
      self.init(
        .tryAgain, "the gateway wants no more requests until \(Clock.local(until))",
        hint: "nothing is lost; run `seedbank sync` then")
    case .keyRefused(let refusal):
      self.init(refusal)
    case .unreachable(let fault):
      self.init(
        fault == .noLibrary ? .notConfigured : .unavailable,
        "cannot connect to the gateway: \(fault.sentence)",
        hint: [fault.remedy, "Queued requests are kept; run `seedbank sync` to send them."]
          .compactMap(\.self).joined(separator: " "))
    case .wrongAddress:
      self.init(
        .unavailable, "what answers at the gateway's address is not the gateway",
        hint: "everything stays queued; `seedbank config` shows the address in force")
    case .local(let error):
      let explained = error.explained
      self.init(explained.status, explained.sentence, hint: explained.hint ?? Self.carryOn)
    case .noRoom(let free, let needed):
      self.init(
        .inputOutput,
        "the library's disk has \(ByteCount.text(free)) left, and \(ByteCount.text(needed)) are "
          + "wanted before more is sent", hint: "make room, then run `seedbank sync`")
    case .noClient:
      self.init(.notConfigured, "there is no way to the gateway", hint: "see `seedbank config`")
    case .interrupted:
      self.init(.tryAgain, "stopped", hint: "`seedbank sync` carries on")
    }
  }

  private init(_ refusal: KeyRefusal) {
    let (sentence, remedy) =
      switch refusal.kind {
      case .invalid: ("the gateway refuses the API key", "set a key that it takes")
      case .forbidden:
        ("the gateway refuses this account", "have it allowed there, or set another key,")
      case .payment: ("the gateway wants to be paid first", "see to the account there")
      }
    self.init(
      .refused, sentence + Self.quoted(refusal.message),
      hint: "everything stays queued; \(remedy) and run `seedbank sync`")
  }

  private static let carryOn = "nothing is lost; `seedbank sync` carries on once that is mended"

  private static func quoted(_ message: GatewayMessage) -> String {
    message.text.map { ": \($0)" } ?? ""
  }
}

extension PromptFileError: Explainable {
  var explained: Failure {
    let place = line.map { "line \($0): " } ?? ""
    func bad(_ sentence: String, hint: String? = nil) -> Failure {
      Failure(.badData, place + sentence, hint: hint ?? "nothing was recorded")
    }
    switch fault {
    case .unreadable(let code):
      return Failure(
        code == ENOENT ? .noInput : .inputOutput,
        "the file of prompts can't be read: \(String(cString: strerror(code)))")
    case .notUTF8: return bad("it is not UTF-8")
    case .lineTooLong(let limit): return bad("it is longer than \(limit >> 20) MiB")
    case .nothingInIt: return bad("there is no prompt in the file")
    case .notJSON: return bad("it is not JSON")
    case .notAnObject: return bad("it is not a JSON object")
    case .noPrompt: return bad("it has no prompt")
    case .unknownField(let name):
      return bad(
        "there is no field '\(name)'",
        hint: "fields are \(RequestField.allCases.map(\.rawValue).joined(separator: ", ")), tags")
    case .badTag(let text): return bad("'\(text)' can't be a tag")
    case .badRequest(let error):
      let explained = error.explained
      return bad(explained.sentence, hint: explained.hint)
    case .noPromptColumn: return bad("the header has no column 'prompt'")
    case .columnTwice(let name): return bad("the header has the column '\(name)' twice")
    case .wrongNumberOfCells(let found, let expected):
      return bad("it has \(found) cells where the header has \(expected)")
    case .badQuoting: return bad("a quote is not closed, or something follows its end")
    case .changedMeanwhile:
      return bad("the file changed while it was read", hint: "run the command again")
    }
  }
}

extension VariationError: Explainable {
  var explained: Failure {
    switch self {
    case .noValues(let text):
      Failure(
        .usage, "'\(text)' names no values to go through",
        hint: "write it as guidance_scale=2,4,6 or seed=1..3")
    case .tooMany(let limit):
      Failure(.usage, "more than \(limit) values are too many for one --vary")
    case .badRequest(let error): error.explained
    }
  }
}
