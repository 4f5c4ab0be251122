import FoundationEssentials
import Platform

/// Charges on disk, one JSON object per line.
///
/// Each is synced before its reply is sent, so that no charge is lost if the simulator is killed.
final class LedgerFile: Sendable {
  private let descriptor: CInt
  private let path: String

  /// Opens or creates the file, and reads the charges of earlier processes.
  ///
  /// An incomplete last line is removed.
  static func open(_ path: String) throws(SimulatorError) -> (
    file: LedgerFile, charges: [Charge]
  ) {
    let flags = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC
    let descriptor = Platform.open(path, flags, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    let file = LedgerFile(descriptor, path)
    let bytes: Data
    do { bytes = try Data(contentsOf: URL(filePath: path)) } catch { throw failure(path) }
    let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    if whole < bytes.count, ftruncate(descriptor, whole) != 0 { throw failure(path) }
    do {
      let charges = try bytes[..<whole].split(separator: UInt8(ascii: "\n")).map {
        try JSONDecoder().decode(Charge.self, from: Data($0))
      }
      return (file, charges)
    } catch {
      throw .ledgerFile(path: path, reason: "not a ledger of charges")
    }
  }

  private init(_ descriptor: CInt, _ path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { _ = close(descriptor) }

  func append(_ charge: Charge) throws(SimulatorError) {
    let line: [UInt8]
    do { line = Array(try JSONEncoder().encode(charge)) + [UInt8(ascii: "\n")] } catch {
      throw .ledgerFile(path: path, reason: "\(error)")
    }
    var rest = line[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw Self.failure(path) }
      rest = rest.dropFirst(written)
    }
    guard fsync(descriptor) == 0 else { throw Self.failure(path) }
  }

  private static func failure(_ path: String) -> SimulatorError {
    .ledgerFile(path: path, reason: String(cString: strerror(errno)))
  }
}
