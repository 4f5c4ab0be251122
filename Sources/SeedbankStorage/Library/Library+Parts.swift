import Dispatch
internal import GRDB
import Synchronization

extension Library {
  /// Reads one state of the catalog with one connection, or with two at the same time if the library is
  /// large.
  ///
  /// - Parameters:
  ///   - fewest: the number of generations from which on two connections read.
  ///   - body: is called once for each connection. The calls must share the work.
  /// - Returns: the results.
  func readTogether<Value: Sendable>(
    dividing fewest: Int = fewGenerations, _ body: @escaping @Sendable (Database) throws -> Value
  ) throws -> [Value] {
    let connections = try connectionsForReading(dividing: fewest)
    guard connections.count == 2 else { return [try read(body)] }
    let (own, twin) = (connections[0], connections[1])
    let shared = SharedRead(2)
    return try Self.both({ try shared.read(own, body) }, { try shared.read(twin, body) })
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
}
