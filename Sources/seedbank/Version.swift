/// The version for `--version` and for the metadata of written files.
enum Version {
  static let current = "0.1.0"
}
