import SeedbankStorage

extension Doctor {
  /// The folder of the library, its size, its unfinished work and the free space of its disk.
  func libraryFindings() -> [DoctorFinding] {
    do {
      let place = try session.libraryFolder().path
      guard let library = try session.presentLibrary() else {
        return [DoctorFinding(.library, "folder", "\(place) does not exist yet")]
      }
      return [
        DoctorFinding(.library, "folder", "\(place)"),
        DoctorFinding(.library, "format") { "\(try library.formatVersion())" },
        DoctorFinding(.library, "content") { try Self.content(of: library) },
        DoctorFinding(.library, "unfinished") { try Self.unfinished(in: library) },
        DoctorFinding(.library, "free disk space") { try Self.freeSpace(for: library) },
      ]
    } catch {
      return [DoctorFinding(.library, "folder", Failure(error))]
    }
  }

  private static func content(of library: Library) throws -> String {
    let size = try library.size()
    return "\(Count.text(size.generations, "generation")), "
      + "images \(ByteCount.text(size.fileBytes)), "
      + "catalog \(ByteCount.text(size.catalogBytes))"
  }

  private static func unfinished(in library: Library) throws -> String {
    let counts = try library.incompleteCounts().map { "\($0.value) \($0.key.rawValue)" }
    return counts.isEmpty ? "none" : counts.sorted().joined(separator: ", ")
  }

  /// The minimum free space in bytes.
  ///
  /// With less, even a small batch of large images would stop.
  private static let leastFreeSpace: Int64 = 100_000_000

  private static func freeSpace(for library: Library) throws -> String {
    let free = try library.images.freeDiskSpace()
    guard free >= leastFreeSpace else {
      throw Failure(
        .inputOutput, "only \(ByteCount.text(free)) left",
        hint: "free some space, or move the library to another disk")
    }
    return ByteCount.text(free)
  }
}
