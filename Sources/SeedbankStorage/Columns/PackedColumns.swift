/// Values of columns in two pieces of memory, made on any thread and bound without being copied.
struct PackedColumns: Sendable {
  private enum Cell: Sendable {
    case null
    case integer(Int64)
    case real(Double)
    /// The start and the end in `bytes`.
    case text(Int32, Int32)
    case blob(Int32, Int32)
  }

  private var cells: [Cell] = []
  private var bytes: [UInt8] = []

  /// Packs the columns of a new row that `GenerationRow` does not have itself.
  ///
  /// They are written out, because the key paths of the fields take longer than everything else about a row.
  init(_ content: GenerationContent) {
    cells.reserveCapacity(Self.names.count)
    let (parameters, provider) = (content.parameters, content.provider)
    append(parameters.model)
    append(parameters.size)
    append(parameters.width)
    append(parameters.height)
    append(parameters.seed?.columns.seed)
    append(parameters.seed?.columns.high)
    append(parameters.guidanceScale)
    append(parameters.watermark)
    append(parameters.responseFormat)
    append(content.completedAt?.milliseconds)
    append(content.rating)
    append(content.isFavorite)
    append(content.note)
    append(content.jobID)
    append(content.failure?.code)
    append(content.failure?.message)
    append(content.usage)
    append(provider.name)
    append(provider.endpoint)
    append(provider.modelEchoed)
    append(provider.seedEchoed?.description)
    append(provider.groupSize)
    append(provider.cost?.amount.microunits)
    append(provider.cost?.currency)
    append(provider.cost?.isEstimated)
    append(provider.cost?.priceTable)
    append(content.parentChange)
    append(content.verdict?.kind)
    append(content.verdict?.detail)
    append(content.gateway)
    append(content.trashedAt?.milliseconds)
    append(provider.clientRequestID)
    append(blob: provider.sentDigest?.bytes)
  }

  /// The names of the columns, in the order in which they are packed.
  static let names = [
    "model", "size", "width", "height", "seed", "seed_high", "guidance_scale", "watermark",
    "response_format", "completed_at", "rating", "favorite", "note", "job_id", "error_code",
    "error_message", "usage", "provider", "endpoint", "model_echoed", "seed_echoed", "group_size",
    "cost", "cost_currency", "cost_estimated", "price_table", "parent_change", "verdict",
    "verdict_detail", "gateway", "trashed_at", "client_request_id", "sent_sha256",
  ]

  private mutating func append(_ number: Int64?) {
    cells.append(number.map { .integer($0) } ?? .null)
  }

  private mutating func append(_ number: Int?) { append(number.map { Int64($0) }) }
  private mutating func append(_ flag: Bool?) { append(flag.map { $0 ? Int64(1) : 0 }) }

  private mutating func append(_ number: Double?) {
    cells.append(number.map { .real($0) } ?? .null)
  }

  private mutating func append(_ text: String?) {
    guard let text else { return cells.append(.null) }
    let range = pack(text.utf8)
    cells.append(.text(range.start, range.end))
  }

  private mutating func append(blob: [UInt8]?) {
    guard let blob else { return cells.append(.null) }
    let range = pack(blob)
    cells.append(.blob(range.start, range.end))
  }

  private mutating func pack(_ value: some Collection<UInt8>) -> (start: Int32, end: Int32) {
    let start = Int32(bytes.count)
    bytes.append(contentsOf: value)
    return (start, Int32(bytes.count))
  }

  /// Binds the values to the next parameters of a statement, which `body` runs.
  func bind<Value>(
    to statement: inout BoundStatement, _ body: (inout BoundStatement) throws -> Value
  ) rethrows -> Value {
    try bytes.withUnsafeBytes { bytes in
      func part(_ start: Int32, _ end: Int32) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[Int(start)..<Int(end)])
      }
      for cell in cells {
        switch cell {
        case .null: statement.bind(nil as Int64?)
        case .integer(let number): statement.bind(number)
        case .real(let number): statement.bind(number)
        case .text(let start, let end): statement.bind(textInPlace: part(start, end))
        case .blob(let start, let end): statement.bind(blobInPlace: part(start, end))
        }
      }
      return try body(&statement)
    }
  }
}
