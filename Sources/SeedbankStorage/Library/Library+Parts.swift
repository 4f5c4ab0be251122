import Dispatch
internal import GRDB
import Synchronization

extension Library {
  /// Reads all generations of one state of the catalog.
  ///
  /// A large library is read in two halves at the same time, each with its own connection.
  ///
  /// - Parameters:
  ///   - fewest: the number of generations from which on a library is divided.
  ///   - body: receives the ids of the generations that it must read. It is called once for each part.
  /// - Returns: the results in ascending order of ids.
  func readInParts<Value: Sendable>(
    dividing fewest: Int = fewGenerations,
    _ body: @escaping @Sendable (ClosedRange<Int64>, Database) throws -> Value
  ) throws -> [Value] {
    let connections = try connectionsForReading(dividing: fewest)
    guard connections.count == 2 else { return [try read { try body(.min ... .max, $0) }] }
    let (own, twin) = (connections[0], connections[1])
    let shared = SharedRead(2)
    return try Self.both(
      { try shared.read(own) { try body(.min...Self.middle($0), $0) } },
      { try shared.read(twin) { try body((Self.middle($0) + 1)...(.max), $0) } })
  }

  /// Runs two pieces of work at the same time, the second on its own thread.
  private static func both<Value: Sendable>(
    _ first: () throws -> Value, _ second: @escaping @Sendable () throws -> Value
  ) throws -> [Value] {
    let result = Mutex<Result<Value, any Error>?>(nil)
    let work = OneShotWork(second)
    let group = DispatchGroup()
    // A separate queue has a separate thread, also if the others are busy.
    DispatchQueue(label: "seedbank.half").async(group: group) {
      let found = Result { try work.run() }
      result.withLock { $0 = found }
    }
    let found = Result { try first() }
    group.wait()
    guard let other = result.withLock(\.self) else { throw CancellationError() }
    // If one of them fails before it begins, the other is cancelled.
    if case .failure(let error) = found, !(error is CancellationError) { throw error }
    let value = try other.get()
    return [try found.get(), value]
  }

  /// The connections that read all generations together: this one, and a second one for a large
  /// library.
  func connectionsForReading(dividing fewest: Int = fewGenerations) throws -> [Library] {
    let isLarge = try read { database in
      try OrderedMatches.range(in: database).map { $0.count >= fewest } ?? false
    }
    guard isLarge, allowsSecondConnection, let twin = try? onOwnConnection() else { return [self] }
    return [self, twin]
  }

  /// Below this number, opening another connection takes longer than it saves.
  static let fewGenerations = 20_000

  /// The id at the end of the first half.
  private static func middle(_ database: Database) throws -> Int64 {
    guard let ids = try OrderedMatches.range(in: database) else { return 0 }
    return (ids.lowerBound >> 1) + (ids.upperBound >> 1)
  }
}
