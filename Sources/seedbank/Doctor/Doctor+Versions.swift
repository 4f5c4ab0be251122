import FilePaths
import Platform
import SeedbankImaging
import SeedbankProviders
import SeedbankStorage

extension Doctor {
  /// The versions of Seedbank, of the system and of the libraries, and which optional libraries are missing.
  func versionFindings() -> [DoctorFinding] {
    let missing = OptionalLibraries.missingFormats()
    return [
      DoctorFinding(.versions, "seedbank", Version.current),
      DoctorFinding(.versions, "system", Self.system()),
      DoctorFinding(.versions, "SQLite", Library.sqliteVersion()),
      DoctorFinding(.versions, "libcurl") {
        guard let version = HTTPLibrary.version() else {
          let fault = ConnectionFault.noLibrary
          throw Failure(.notConfigured, fault.summary(), hint: fault.remedy)
        }
        return version
      },
      DoctorFinding(
        .versions, "image formats",
        missing.isEmpty
          ? "all" : "no library for \(missing.joined(separator: ", "))"),
    ]
  }

  /// The name of the distribution, the kernel and the processor, without the name of the computer.
  private static func system() -> String {
    var names = utsname()
    uname(&names)
    let kernel = [text(names.sysname), text(names.release), text(names.machine)]
      .joined(separator: " ")
    return [distribution(), kernel].compactMap(\.self).joined(separator: ", ")
  }

  /// `PRETTY_NAME` of os-release(5).
  private static func distribution() -> String? {
    let bytes = try? FileBytes.read(FilePath("/etc/os-release"), limit: 1 << 16)
    let lines = bytes.map { String(decoding: $0, as: UTF8.self).split(separator: "\n") } ?? []
    return lines.first { $0.hasPrefix("PRETTY_NAME=") }
      .map { $0.dropFirst("PRETTY_NAME=".count).filter { $0 != "\"" } }
  }

  private static func text<Characters>(_ characters: Characters) -> String {
    withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
