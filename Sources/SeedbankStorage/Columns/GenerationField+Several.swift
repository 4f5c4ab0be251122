import SeedbankModel

// The fields that take several columns.

extension GenerationField {
  /// Seeds from 2⁶³ have a separate column.
  static let seed = GenerationField(
    name: "seed",
    columns: [
      GenerationColumn(name: "seed") { ColumnValue($0.parameters.seed?.columns.seed) },
      GenerationColumn(name: "seed_high") { ColumnValue($0.parameters.seed?.columns.high) },
    ],
    load: { rows, first, content in content.parameters.seed = seed(rows, first) },
    text: { $0.parameters.seed?.description },
    isAbsent: { $0.parameters.seed == nil },
    copy: { $1.parameters.seed = $0.parameters.seed },
    write: { content, writer in
      if let seed = content.parameters.seed { writer.value(seed) }
    },
    read: { reader, name, content throws(RecordError) in
      content.parameters.seed = try reader.seed(name)
    },
    transcribe: { rows, first, key, writer in
      guard let seed = seed(rows, first) else { return false }
      writer.key(key)
      writer.value(seed)
      return true
    })

  private static func seed(_ rows: borrowing RawRows, _ first: Int32) -> ImageSeed? {
    ImageSeed(seed: rows.optionalInteger(first), high: rows.optionalInteger(first + 1))
  }

  static let failure = GenerationField(
    name: "error",
    columns: [
      GenerationColumn(name: "error_code") { ColumnValue($0.failure?.code) },
      GenerationColumn(name: "error_message") { ColumnValue($0.failure?.message) },
    ],
    load: { rows, first, content in
      guard let code = rows.optionalText(first) else { return }
      content.failure = RecordedFailure(code: code, message: rows.text(first + 1))
    },
    text: { $0.failure.map { "\($0.code): \($0.message)" } },
    isAbsent: { $0.failure == nil },
    copy: { $1.failure = $0.failure },
    write: { $0.failure?.write(to: &$1) },
    read: { reader, _, content throws(RecordError) in
      content.failure = try RecordedFailure(&reader)
    })

  static let verdict = GenerationField(
    name: "verdict",
    columns: [
      GenerationColumn(name: "verdict") { ColumnValue($0.verdict?.kind) },
      GenerationColumn(name: "verdict_detail") { ColumnValue($0.verdict?.detail) },
    ],
    load: { rows, first, content in
      guard let kind = rows.optionalText(first) else { return }
      content.verdict = RecordedVerdict(
        kind: kind, detail: rows.optionalText(first + 1) ?? "{}")
    },
    text: { $0.verdict?.kind },
    isAbsent: { $0.verdict == nil },
    copy: { $1.verdict = $0.verdict },
    write: { content, writer in
      if let verdict = content.verdict { writer.raw(verdict.json) }
    },
    read: { reader, _, content throws(RecordError) in
      content.verdict = try RecordedVerdict(&reader)
    },
    isGreater: { first, second in
      guard let first = first.verdict, let second = second.verdict else { return false }
      return (first.kind, first.detail) > (second.kind, second.detail)
    })

  static let cost = GenerationField(
    name: "cost",
    columns: [
      GenerationColumn(name: "cost") { ColumnValue($0.provider.cost?.amount.microunits) },
      GenerationColumn(name: "cost_currency") { ColumnValue($0.provider.cost?.currency) },
      GenerationColumn(name: "cost_estimated") {
        ColumnValue($0.provider.cost.map { Int64($0.isEstimated ? 1 : 0) })
      },
      GenerationColumn(name: "price_table") { ColumnValue($0.provider.cost?.priceTable) },
    ],
    load: { rows, first, content in
      guard let amount = rows.optionalInteger(first) else { return }
      content.provider.cost = Cost(
        amount: MoneyAmount(microunits: amount), currency: rows.text(first + 1),
        isEstimated: rows.optionalInteger(first + 2).map { $0 != 0 } ?? true,
        priceTable: rows.optionalText(first + 3))
    },
    text: { content in
      content.provider.cost.map {
        "\($0.amount) \($0.currency)" + ($0.isEstimated ? " (estimated)" : "")
      }
    },
    isAbsent: { $0.provider.cost == nil },
    copy: { $1.provider.cost = $0.provider.cost },
    write: { $0.provider.cost?.write(to: &$1) },
    read: { reader, _, content throws(RecordError) in
      content.provider.cost = try Cost(&reader)
    })
}
