import FilePaths
import Platform
import SeedbankProviders
import SeedbankRemote
import SeedbankStorage

extension RemoteError: Explainable {
  var explained: Failure {
    switch self {
    case .badAddress(let text, let reason):
      Failure(
        .usage, "'\(SafeText.line(text))' is not the address of a remote: \(reason.sentence)",
        hint: "write s3://BUCKET/PREFIX?endpoint=HOST&region=REGION, file:///FOLDER or "
          + "rclone:REMOTE:PATH")
    case .file(let operation, let path, let code):
      Failure(
        code == ENOENT ? .noInput : .inputOutput,
        "cannot \(operation) \(path): \(systemErrorText(code))",
        hint: "check that the folder is mounted and writable, then run the command again")
    case .refused(let status, let code): Self.refusal(status, code)
    case .unreachable(let fault):
      Failure(
        .unavailable, "cannot reach the remote: \(fault.summary())",
        hint: fault.remedy ?? "run the command again; it continues where it stopped")
    case .unavailable(let status):
      Failure(
        .unavailable, "the remote's service failed several times (HTTP \(status))",
        hint: "run the command again later; it continues where it stopped")
    case .timedOut:
      Failure(
        .unavailable, "the remote's service did not reply in time",
        hint: "run the command again; it continues where it stopped")
    case .badReply:
      Failure(
        .unavailable, "the reply of the remote's service is not valid",
        hint: "the endpoint is probably wrong; `seedbank remote list` shows it")
    case .noCredentials(let profile):
      Failure(
        .notConfigured, "no S3 credentials were found (profile '\(SafeText.line(profile))')",
        hint: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or write ~/.aws/credentials")
    case .badCredentials:
      Failure(.notConfigured, "the S3 credentials contain a character that is not allowed")
    case .noRclone:
      Failure(
        .notConfigured, "rclone cannot be started", hint: "on Debian: `sudo apt install rclone`")
    case .rclone(let status, let message):
      Failure(
        .unavailable, "rclone failed with status \(status): \(SafeText.line(message))",
        hint: "check the remote with `rclone lsd REMOTE:`")
    case .tooLarge(let key, let limit):
      Failure(
        .badData, "\(SafeText.line(key)) on the remote has more than \(limit) bytes",
        hint: "it was probably not written by Seedbank; `seedbank remote check` lists such objects")
    case .insideLibrary(let path, let library):
      Failure(
        .usage, "\(path) is inside the library \(library), and a remote cannot be there",
        hint: "name an empty folder outside the library")
    case .empty:
      Failure(
        .noInput, "nothing was pushed to the remote yet",
        hint: "check the address with `seedbank remote list`, or run `seedbank push`")
    case .vanished:
      Failure(
        .noInput, "the remote is empty, but it was used before; its disk is probably not mounted",
        hint: "mount it. If the remote was emptied on purpose, or its file:// address has a % that "
          + "stands for itself, run `seedbank remote remove` and `seedbank remote add`; in an "
          + "address, write such a % as %25")
    case .busy:
      Failure(
        .tryAgain, "another push of this library is running",
        hint: "run the command again when it has ended")
    case .unpushed:
      Failure(
        .tryAgain, "the library has changes that were not pushed to the remote",
        hint: "run `seedbank push`, then the command again. If the push names a missing or damaged "
          + "file, restore the file first; `seedbank check --deep` shows such files")
    case .newerFormat(let found, let supported):
      Failure(
        .badData,
        "a newer Seedbank wrote to the remote (format \(found), supported: \(supported))",
        hint: "update Seedbank; nothing was changed")
    case .notARemote:
      Failure(
        .badData, "format.json on the remote was not written by Seedbank",
        hint: "use an empty folder or another prefix; nothing was changed")
    }
  }

  private static func refusal(_ status: Int, _ code: String) -> Failure {
    let isKey = status == 401 || status == 403
    let hint =
      switch code {
      case "RequestTimeTooSkewed": "the clock of this computer is wrong; check it with `date`"
      case "NoSuchBucket": "create the bucket, or correct the address of the remote"
      case _ where isKey: "check the credentials and their permissions for this bucket"
      default: "check the address of the remote with `seedbank remote list`"
      }
    return Failure(
      isKey ? .refused : .unavailable,
      "the remote's service refused the request (HTTP \(status), \(code))", hint: hint)
  }
}

extension RemoteError.AddressFault {
  fileprivate var sentence: String {
    switch self {
    case .scheme: "it does not begin with s3://, file:// or rclone:"
    case .relativePath: "the path must begin with a slash"
    case .bucket: "the bucket or the prefix is not valid"
    case .endpoint: "the endpoint is not valid; plain http is for this computer only"
    case .parameter: "the parameters are endpoint, region and style (path or virtual)"
    case .rcloneRemote: "rclone's own address is REMOTE:PATH"
    case .rcloneOptions: "options of rclone belong in its configuration (`rclone config`)"
    }
  }
}

extension RemoteNameError: Explainable {
  var explained: Failure {
    switch self {
    case .badName(let name):
      Failure(
        .usage,
        "'\(SafeText.line(name))' is not a valid name for a remote (expected letters, digits, -, _ and .)"
      )
    case .exists(let name):
      Failure(
        .cannotCreate, "the remote '\(name)' already exists",
        hint: "remove it with `seedbank remote remove \(name)`, or use another name")
    case .unknown(let name):
      Failure(
        .noInput, "the remote '\(SafeText.line(name))' does not exist",
        hint: "`seedbank remote list` lists the remotes")
    }
  }
}
