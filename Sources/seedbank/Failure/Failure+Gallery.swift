import FilePaths
import Platform
import SeedbankGallery

extension ExportError: Explainable {
  var explained: Failure {
    switch self {
    case .cannotCreate(let path, let code):
      Failure(
        .cannotCreate, "\(path) cannot be created: \(systemErrorText(code))",
        hint: "check the permissions: `ls -ld \(ShellWord.quoted(path.folder))`")
    case .inputOutput(let operation, let path, let code):
      Failure(
        .inputOutput, "cannot \(operation) \(path): \(systemErrorText(code))",
        hint: "run the command again; it continues where it stopped")
    case .full(let path):
      Failure(
        .inputOutput, "cannot write \(path): the disk is full",
        hint: "free some disk space, then run the command again; it continues where it stopped")
    case .insideLibrary(let path):
      Failure(
        .usage, "\(path) is inside the library, and exports cannot be written there",
        hint: "name a folder outside the library with --to")
    case .notAFolder(let path):
      Failure(.cannotCreate, "\(path) is not a folder", hint: "name a folder with --to")
    case .leadsElsewhere(let path):
      Failure(
        .cannotCreate, "\(path) is a symbolic link. Export does not follow symbolic links",
        hint: "remove the link, or name its target with --to")
    case .busy(let path):
      Failure(
        .tryAgain, "another export is writing to \(path)",
        hint: "wait until it is finished, then run the command again")
    case .foreignFile(let path):
      Failure(
        .cannotCreate, "\(path) already exists and was not written by an export",
        hint: "move the file, or name another folder with --to")
    case .newerRecord(let path):
      Failure(
        .badData, "\(path) was written by a newer Seedbank",
        hint: "update Seedbank, or name another folder with --to")
    case .linkRefused(let mode, let path, let reason): Self.link(mode, path, reason)
    case .noText(let reason): Self.text(reason)
    case .notStripped(let path):
      Failure(
        .badData, "\(path) was not exported: its metadata cannot be removed",
        hint: "its file is probably damaged; run `seedbank check --deep`")
    }
  }

  private static func link(_ mode: LinkMode, _ path: FilePath, _ reason: LinkRefusal) -> Failure {
    let kind = mode == .hard ? "hard link" : mode.rawValue
    let why =
      switch reason {
      case .otherFileSystem: "the library is on another file system"
      case .notSupported: "its file system does not support such links"
      case .notPermitted: "the system does not permit it"
      case .tooMany: "the file has as many links as the file system allows"
      }
    return Failure(
      .cannotCreate, "cannot create the \(kind) \(path): \(why)",
      hint: mode == .copy ? nil : "use --link copy")
  }

  private static func text(_ reason: TextUnavailable) -> Failure {
    switch reason {
    case .libraryMissing(let name):
      Failure(
        .notConfigured, "captions need \(name), which is not installed",
        hint: "on Debian: `sudo apt install libfreetype6 libharfbuzz0b libfontconfig1`")
    case .noFont:
      Failure(
        .notConfigured, "captions need a font, and none is installed",
        hint: "on Debian: `sudo apt install fonts-dejavu-core fonts-noto-cjk`")
    case .failed(let detail): Failure(.inputOutput, "the contact sheet cannot be drawn: \(detail)")
    }
  }

}

extension NameTemplateError: Explainable {
  var explained: Failure {
    switch self {
    case .empty: Failure(.usage, "--name is empty", hint: Self.fields)
    case .unclosedBrace(let at):
      Failure(
        .usage, "--name: the { at character \(at + 1) has no }", hint: "write {{ for a single brace"
      )
    case .unopenedBrace(let at):
      Failure(
        .usage, "--name: the } at character \(at + 1) has no {", hint: "write }} for a single brace"
      )
    case .unknownField(let name, let suggestion, let at):
      Failure(
        .usage, "--name: the field '\(name)' does not exist (character \(at + 1))",
        hint: suggestion.map { "did you mean {\($0.rawValue)}?" } ?? Self.fields)
    case .badFormat(let field, let format, let accepted, let at):
      Failure(
        .usage,
        "--name: '\(format)' is not a valid format for {\(field.rawValue)} (character \(at + 1))",
        hint: "write \(accepted)")
    case .absolute:
      Failure(.usage, "--name begins with /", hint: "names are relative to the folder of --to")
    case .emptyPart(let at):
      Failure(
        .usage, "--name has an empty folder name at character \(at + 1)",
        hint: "write a name between the slashes")
    case .dots(let at):
      Failure(
        .usage, "--name: '.' or '..' at character \(at + 1) would leave the export folder",
        hint: "names are relative to the folder of --to")
    }
  }

  private static let fields =
    "the fields are " + NameField.allCases.map { "{\($0.rawValue)}" }.joined(separator: " ")
}
