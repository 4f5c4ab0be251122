public import FilePaths

/// Keys of an S3 service.
///
/// Its description shows none of them.
public struct S3Credentials: Hashable, Sendable {
  let accessKey: String
  let secretKey: String
  let sessionToken: String?

  /// - Returns: nil if a part has characters that a header cannot carry.
  init?(accessKey: String, secretKey: String, sessionToken: String? = nil) {
    for part in [accessKey, secretKey, sessionToken ?? "x"] {
      guard !part.isEmpty, part.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    }
    self.accessKey = accessKey
    self.secretKey = secretKey
    self.sessionToken = sessionToken
  }
}

extension S3Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Only says that there are credentials.
  public var description: String { "S3 credentials" }
  /// The same text as `description`.
  public var debugDescription: String { description }
  /// A mirror of the description, so that no dump prints a key.
  public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}

/// The settings of S3 in the environment: the variables and files that the AWS tools read.
public struct S3Environment: Sendable {
  let credentials: S3Credentials
  let region: String?

  /// Reads the variables first, then the files of the profile.
  ///
  /// - Parameters:
  ///   - variables: of the process.
  ///   - home: where `.aws` is.
  /// - Throws: `RemoteError.noCredentials`, `.badCredentials`.
  public init(variables: [String: String], home: FilePath) throws(RemoteError) {
    let profile = variables["AWS_PROFILE"] ?? "default"
    let credentialsFile =
      variables["AWS_SHARED_CREDENTIALS_FILE"].map { FilePath($0) }
      ?? home.appending(".aws/credentials")
    let configFile =
      variables["AWS_CONFIG_FILE"].map { FilePath($0) } ?? home.appending(".aws/config")
    let config = Self.section(
      [profile, "profile \(profile)"], of: configFile)
    region = variables["AWS_REGION"] ?? variables["AWS_DEFAULT_REGION"] ?? config["region"]
    if let access = variables["AWS_ACCESS_KEY_ID"], !access.isEmpty,
      let secret = variables["AWS_SECRET_ACCESS_KEY"], !secret.isEmpty
    {
      credentials = try Self.made(access, secret, variables["AWS_SESSION_TOKEN"])
      return
    }
    let found = config.merging(Self.section([profile], of: credentialsFile)) { $1 }
    guard let access = found["aws_access_key_id"], let secret = found["aws_secret_access_key"]
    else { throw .noCredentials(profile: profile) }
    credentials = try Self.made(access, secret, found["aws_session_token"])
  }

  private static func made(
    _ access: String, _ secret: String, _ token: String?
  ) throws(RemoteError) -> S3Credentials {
    let token = token.flatMap { $0.isEmpty ? nil : $0 }
    guard
      let made = S3Credentials(accessKey: access, secretKey: secret, sessionToken: token)
    else { throw .badCredentials }
    return made
  }

  /// The values of one section of an INI file; empty if the file or the section does not exist.
  private static func section(_ names: [String], of file: FilePath) -> [String: String] {
    var text: [UInt8] = []
    try? FileParts.forEach(of: file) { if text.count < 1 << 20 { text += $0 } }
    var values: [String: String] = [:]
    var isInside = false
    for line in String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let line = line.trimmingSpaces
      if line.hasPrefix("["), line.hasSuffix("]") {
        isInside = names.contains(String(line.dropFirst().dropLast().trimmingSpaces))
      } else if isInside, line.first != "#", line.first != ";",
        let equals = line.firstIndex(of: "=")
      {
        let name = line[..<equals].trimmingSpaces.lowercased()
        values[name] = String(line[line.index(after: equals)...].trimmingSpaces)
      }
    }
    return values
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    var text = drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
