import FilePaths
import Glibc
import SeedbankGallery

extension ExportError: Explainable {
  var explained: Failure {
    switch self {
    case .cannotCreate(let path, let code):
      Failure(
        .cannotCreate, "\(path) can't be made: \(Self.reason(code))",
        hint: "see who may write in its folder")
    case .inputOutput(let operation, let path, let code):
      Failure(
        .inputOutput, "can't \(operation) \(path): \(Self.reason(code))",
        hint: "run the command again: it carries on where it stopped")
    case .full(let path):
      Failure(
        .inputOutput, "no room is left to write \(path)",
        hint: "make room and run the command again: it carries on where it stopped")
    case .insideLibrary(let path):
      Failure(
        .usage, "\(path) lies inside the library, which holds only what it keeps itself",
        hint: "export to a folder elsewhere")
    case .notAFolder(let path):
      Failure(.cannotCreate, "\(path) is no folder", hint: "name another with --to")
    case .leadsElsewhere(let path):
      Failure(
        .cannotCreate, "\(path) is a link; an export writes through none",
        hint: "remove the link, or export to where it leads")
    case .busy(let path):
      Failure(
        .tryAgain, "another export writes to \(path) now", hint: "run the command when it is done")
    case .foreignFile(let path):
      Failure(
        .cannotCreate, "\(path) is there already and was not written by an export; it stays",
        hint: "move it away, or export elsewhere")
    case .newerRecord(let path):
      Failure(
        .badData, "\(path) was written by a newer Seedbank",
        hint: "update seedbank, or export to another folder")
    case .linkRefused(let mode, let path, let reason): Self.link(mode, path, reason)
    case .noText(let reason): Self.text(reason)
    case .notStripped(let path):
      Failure(
        .badData, "\(path) can't be cleared of what it tells, so it was not written",
        hint: "its file may be damaged; `seedbank check --deep` tells")
    }
  }

  private static func link(_ mode: LinkMode, _ path: FilePath, _ reason: LinkRefusal) -> Failure {
    let kind = mode == .hard ? "hard link" : mode.rawValue
    let why =
      switch reason {
      case .otherFileSystem: "the library lies on another file system"
      case .notSupported: "the file system there has no such links"
      case .notPermitted: "the system does not permit it"
      case .tooMany: "the file has as many links as the file system allows"
      }
    return Failure(
      .cannotCreate, "no \(kind) can be made at \(path): \(why)",
      hint: mode == .copy ? nil : "--link copy works everywhere")
  }

  private static func text(_ reason: TextUnavailable) -> Failure {
    switch reason {
    case .libraryMissing(let name):
      Failure(
        .notConfigured, "captions need \(name), which is not installed",
        hint: "on Debian: apt-get install libfreetype6 libharfbuzz0b libfontconfig1")
    case .noFont:
      Failure(
        .notConfigured, "captions need a font, and none is installed",
        hint: "on Debian: apt-get install fonts-dejavu-core, and fonts-noto-cjk for Chinese")
    case .failed(let detail): Failure(.inputOutput, "a contact sheet can't be drawn: \(detail)")
    }
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}

extension NameTemplateError: Explainable {
  var explained: Failure {
    switch self {
    case .empty: Failure(.usage, "--name is empty", hint: Self.fields)
    case .unclosedBrace(let at):
      Failure(.usage, "--name: the { at character \(at + 1) has no }", hint: "{{ writes one brace")
    case .strayBrace(let at):
      Failure(.usage, "--name: the } at character \(at + 1) has no {", hint: "}} writes one brace")
    case .unknownField(let name, let suggestion, let at):
      Failure(
        .usage, "--name: there is no field '\(name)' (character \(at + 1))",
        hint: suggestion.map { "did you mean {\($0.rawValue)}?" } ?? Self.fields)
    case .badFormat(let field, let format, let accepted, let at):
      Failure(
        .usage,
        "--name: {\(field.rawValue)} can't be written as '\(format)' (character \(at + 1))",
        hint: "after its colon it takes \(accepted)")
    case .absolute:
      Failure(.usage, "--name begins with /", hint: "names lie inside the folder of --to")
    case .emptyPart(let at):
      Failure(.usage, "--name has an empty part at character \(at + 1)", hint: nil)
    case .dots(let at):
      Failure(
        .usage, "--name: '.' and '..' at character \(at + 1) would lead out of the folder",
        hint: "names lie inside the folder of --to")
    }
  }

  private static let fields =
    "fields are " + NameField.allCases.map { "{\($0.rawValue)}" }.joined(separator: " ")
}
