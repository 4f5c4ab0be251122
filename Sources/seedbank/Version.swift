/// What `--version` prints, and what files that are written name as their origin.
enum Version {
  static let current = "0.1.0"
}
