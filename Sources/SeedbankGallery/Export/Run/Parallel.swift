/// Runs a function for many values on several cores.
///
/// The results have the order of the values.
enum Parallel {
  static func map<Value: Sendable, Result: Sendable>(
    _ values: [Value], workers: Int, _ body: @escaping @Sendable (Value) throws -> Result
  ) async throws -> [Result] {
    guard workers > 1, values.count > 1 else {
      return try values.map { value in
        try Task.checkCancellation()
        return try body(value)
      }
    }
    var results = [Result?](repeating: nil, count: values.count)
    try await withThrowingTaskGroup(of: [(Int, Result)].self) { group in
      for worker in 0..<min(workers, values.count) {
        group.addTask {
          try stride(from: worker, to: values.count, by: workers).map { index in
            try Task.checkCancellation()
            return (index, try body(values[index]))
          }
        }
      }
      for try await part in group {
        for (index, result) in part { results[index] = result }
      }
    }
    return results.compactMap(\.self)
  }
}
