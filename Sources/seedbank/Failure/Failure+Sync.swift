import FilePaths
import Platform
import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import SeedbankSync

extension Failure {
  /// Why a run ended early.
  ///
  /// - Parameters:
  ///   - provider: The provider whose work ended; nil for all, or for the default one.
  ///   - command: The command that tested the key, if nothing was to be sent.
  init(_ reason: StopReason, of provider: String? = nil, testedBy command: String? = nil) {
    let provider = ProviderWords(provider)
    switch reason {
    case .quotaExhausted(let notice):
      let until = notice.until.map {
        "The quota resets at \(Clock.local(Timestamp(seconds: $0.timeIntervalSince1970)))."
      }
      self.init(
        .tryAgain,
        "the quota of \(provider.subject) is used up\(Self.quoted(notice.message))",
        hint:
          "\(until ?? "The reply does not say when the quota resets.") Queued requests are kept. "
          + "Run `seedbank sync` \(until == nil ? "later" : "then").")
    case .throttled(let until):
      self.init(
        .tryAgain,
        "\(provider.subject) accepts no more requests until \(Clock.local(until))",
        hint: "Queued requests are kept. Run `seedbank sync` then.")
    case .keyRefused(let refusal):
      self.init(refusal, provider, testedBy: command)
    case .unreachable(let fault):
      self.init(
        fault == .noLibrary ? .notConfigured : .unavailable,
        "cannot connect to \(provider.subject): \(fault.summary())",
        hint: [fault.remedy, "Queued requests are kept; run `seedbank sync` to send them."]
          .compactMap(\.self).joined(separator: " "))
    case .wrongAddress:
      self.init(
        .unavailable,
        "the server at \(provider.address) is not \(provider.service)",
        hint:
          "The address is probably wrong. `seedbank config` shows it. Queued requests are kept.")
    case .outage(let unusableReply):
      self.init(unusableReply, provider)
    case .local(let error):
      let explained = error.explained
      self.init(explained.status, explained.sentence, hint: explained.hint ?? Self.continueHint)
    case .noDiskSpace(let free, let needed):
      self.init(
        .inputOutput,
        "\(ByteCount.text(needed)) of free disk space is needed, and the library's disk has "
          + ByteCount.text(free), hint: "Free some space, then run `seedbank sync`.")
    case .budget(let error):
      let explained = error.explained
      self.init(explained.status, explained.sentence, hint: explained.hint)
    case .noClient(let provider):
      self.init(
        .notConfigured, "the provider '\(provider)' is not configured",
        hint: "run `seedbank config` to see the settings")
    case .interrupted:
      self.init(.tryAgain, "stopped", hint: "run `seedbank sync` to continue")
    }
  }

  private init(_ unusableReply: UnusableReply, _ provider: ProviderWords) {
    let kept = "No more requests are sent; queued requests are kept. Run `seedbank sync` later."
    switch unusableReply.kind {
    case .foreignReply:
      self.init(
        .unavailable,
        "several requests in a row were not answered by \(provider.subject): "
          + unusableReply.summary,
        hint: kept)
    case .unknownOutcome:
      self.init(
        .unavailable,
        "several requests in a row got no usable reply from \(provider.subject): "
          + unusableReply.summary,
        hint: kept + " `seedbank search is:unknown` lists the requests that may have been charged.")
    }
  }

  private init(_ refusal: KeyRefusal, _ provider: ProviderWords, testedBy command: String?) {
    let (verb, remedy) =
      switch refusal.kind {
      case .invalid: ("refuses the API key", provider.remedy)
      case .forbidden:
        ("refuses this account", "Enable access for this key, or use another key")
      case .payment: ("requires payment first", "Check the balance of the account")
      }
    let kept = command == nil ? "Queued requests are kept. " : ""
    self.init(
      .refused, "\(provider.subject) \(verb)\(Self.quoted(refusal.message))",
      hint: "\(kept)\(remedy), then run `\(command ?? "seedbank sync")`.")
  }

  private static let continueHint = "run `seedbank sync` to continue when this is resolved"

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
        "cannot read the file of prompts: \(systemErrorText(code))")
    case .notUTF8:
      return bad("it is not UTF-8", hint: "nothing was recorded; save the file as UTF-8")
    case .utf16:
      return bad("the file is UTF-16", hint: "nothing was recorded; save the file as UTF-8")
    case .foreignFormat:
      return bad(
        "a file with this extension cannot contain prompts",
        hint: "nothing was recorded; \(Self.formats)")
    case .ambiguous(let name, let appearance):
      return bad(
        Self.sentence(name, appearance),
        hint: "nothing was recorded; \(Self.remedy(name, appearance))")
    case .noSpool(let folder, let code):
      return Failure(
        code == ENOENT || code == EACCES || code == EROFS || code == ENOTDIR
          ? .cannotCreate : .inputOutput,
        "the prompts cannot be copied to the temporary folder \(folder): "
          + systemErrorText(code),
        hint: "set TMPDIR to a folder that exists and has room")
    case .lineTooLong(let limit): return bad("it is longer than \(limit >> 20) MiB")
    case .nothingInIt: return bad("the file contains no prompts")
    case .notJSON: return bad("it is not valid JSON")
    case .notAnObject: return bad("it is not a JSON object")
    case .noPrompt: return bad("it has no prompt")
    case .unknownField(let name):
      return bad(
        "the field '\(name)' does not exist",
        hint:
          "the fields are \(RequestField.allCases.map(\.rawValue).joined(separator: ", ")), tags")
    case .badTag(let text):
      return bad("'\(text)' is not a valid tag", hint: "nothing was recorded; \(TagName.rule)")
    case .badRequest(let error):
      let explained = error.explained
      return bad(explained.sentence, hint: explained.hint)
    case .noPromptColumn: return bad("the header does not contain the column 'prompt'")
    case .columnTwice(let name): return bad("the header contains the column '\(name)' twice")
    case .wrongNumberOfCells(let found, let expected):
      return bad("it has \(Count.text(found, "cell")), but the header has \(expected)")
    case .badQuoting: return bad("a quotation mark is not closed, or text follows the closing mark")
    }
  }
}

extension PromptFileError {
  private static let formats =
    "prompts are read from .txt, .jsonl, .json, .csv and .tsv files, or with --from-format"

  /// The format of the content, which differs from that of the name.
  fileprivate static func sentence(
    _ name: PromptFormat?, _ appearance: PromptAppearance
  ) -> String {
    let content =
      switch appearance {
      case .empty: "an empty file"
      case .plain: "lines of text"
      case .jsonArray: "a JSON array"
      case .jsonLines: "JSON Lines"
      case .jsonObject: "a JSON object"
      case .markup: "HTML or XML"
      case .yaml: "YAML"
      case .table: "a table with a header"
      case .unknownTable: "a table without a column 'prompt'"
      }
    guard let name, !isNameless(name, appearance) else { return "the file looks like \(content)" }
    return "the file looks like \(content), but its name ends in .\(name.rawValue)"
  }

  /// Whether a table, as the file is named, only lacks the column of the prompts.
  private static func isNameless(_ name: PromptFormat?, _ appearance: PromptAppearance) -> Bool {
    appearance == .unknownTable && (name == .table || name == .tabs)
  }

  /// The hint with the format option.
  fileprivate static func remedy(
    _ name: PromptFormat?, _ appearance: PromptAppearance
  ) -> String {
    let format: PromptFormat? =
      switch appearance {
      case .empty, .plain, .markup, .yaml, .jsonObject: nil
      case .jsonArray: .array
      case .jsonLines: .lines
      case .table(.tab): .tabs
      case .table, .unknownTable: .table
      }
    let text = "use --from-format txt if each line is a prompt"
    switch appearance {
    case .unknownTable:
      let change = "name the column of the prompts 'prompt'"
      return isNameless(name, appearance)
        ? "\(change), or \(text)" : "\(change) and use --from-format csv, or \(text)"
    default:
      return format.map { "use --from-format \($0.rawValue) if this is correct, or \(text)" }
        ?? text
    }
  }
}

extension VariationError: Explainable {
  var explained: Failure {
    switch self {
    case .noValues(let text):
      Failure(
        .usage, "'\(text)' is not a valid list of values",
        hint: "write it as guidance_scale=2,4,6 or seed=1..3")
    case .tooMany(let limit):
      Failure(.usage, "too many values for one --vary (maximum: \(limit))")
    case .badRequest(let error): error.explained
    }
  }
}

extension ReproductionError: Explainable {
  private static let commonModel = "seedream-3-0-t2i-250415"

  var explained: Failure {
    switch self {
    case .foreignModel(let id, let model):
      Failure(
        .usage,
        "generation \(id) was made with '\(model)', which is not a model of the gateway",
        hint: "choose one: `seedbank reproduce \(id) --set model=\(Self.commonModel)`; "
          + "`seedbank models` lists them")
    case .linksOnly(let id, let model, let isRecorded):
      Failure(
        .usage,
        "generation \(id) \(isRecorded ? "can only be repeated unchanged" : "cannot be repeated"): "
          + "\(model ?? "its model") takes reference images only as links, and the library has the files",
        hint: "send a new request: `seedbank generate PROMPT --reference https://…`")
    case .referencesMissing(let id, let positions):
      Failure(
        .noInput,
        "generation \(id) cannot be repeated: the library does not have the "
          + Self.files(positions),
        hint:
          "`seedbank reproduce \(id) --without-references` sends the request without reference images"
      )
    case .referencesRemote(let id, let positions):
      Failure(
        .noInput,
        "generation \(id) cannot be repeated: a remote has the \(Self.files(positions)), and the "
          + "library does not",
        hint: "download \(Count.them(positions.count)): `seedbank fetch \(id)`")
    }
  }

  /// Such as `files of its reference images 1, 2`.
  private static func files(_ positions: [Int]) -> String {
    (positions.count == 1 ? "file of its reference image " : "files of its reference images ")
      + positions.map(String.init).joined(separator: ", ")
  }
}

extension ReferenceDownloadError: Explainable {
  var explained: Failure {
    let status: ExitStatus =
      switch cause {
      case .badAddress, .addressRefused: .usage
      default: .unavailable
      }
    let place = host.map { " from \(SafeText.line($0))" } ?? ""
    return Failure(
      status,
      "a reference image cannot be downloaded\(place): \(FetchTrouble.download(cause).summary)",
      hint: "nothing was recorded")
  }
}
