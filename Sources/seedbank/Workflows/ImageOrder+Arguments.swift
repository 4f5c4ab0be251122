import SeedbankModel
import SeedbankProviders
import SeedbankSync
import SeedbankWeb

extension ImageOrder {
  /// The values as options of `generate`, so that the same code reads and checks both.
  var requestArguments: [String] {
    var arguments: [String] = []
    func add(_ name: String, _ value: String?) {
      if let value { arguments.append("--\(name)=\(value)") }
    }
    add("model", model)
    add("size", size)
    add("seed", seed.map { "\($0)" })
    add("guidance-scale", guidanceScale.map { "\($0)" })
    if let watermark { arguments.append(watermark ? "--watermark" : "--no-watermark") }
    return arguments
  }

  /// The changes as options of `reproduce`.
  var reproductionArguments: [String] {
    var arguments: [String] = []
    func set(_ field: String, _ value: String?) {
      if let value { arguments.append("--set=\(field)=\(value)") }
    }
    set("model", model)
    set("size", size)
    set("guidance_scale", guidanceScale.map { "\($0)" })
    set("watermark", watermark.map { $0 ? "yes" : "no" })
    if let seed { arguments.append("--seed=\(seed)") }
    if usesNewSeed { arguments.append("--new-seed") }
    if count > 1 { arguments.append("--count=\(count)") }
    return arguments + vary.map { "--vary=\($0)" }
  }

  /// The requests for a prompt: every combination of the varied fields, with the same seeds in each, so that
  /// only the varied fields make a difference.
  ///
  /// - Parameter takesSeed: Whether the model takes a seed.
  /// - Throws: `VariationError`, or a `Failure` of status 64 if a field is chosen twice.
  func grid(
    takesSeed: Bool, using random: inout some RandomNumberGenerator
  ) throws -> VariationGrid {
    let axes = try variations()
    let choice = seed.map(SeedChoice.given) ?? .drawn
    let seeds =
      takesSeed && !axes.contains { $0.field == .seed }
      ? choice.changes(count: count, of: nil, using: &random) : []
    return VariationGrid(fixed: [], axes: axes, seeds: seeds)
  }

  /// Whether the seeds are those of the user, and not random ones.
  ///
  /// - Throws: as `variations()`.
  func choosesSeed() throws -> Bool {
    try seed != nil || variations().contains { $0.field == .seed }
  }

  /// The varied fields with their values.
  ///
  /// - Throws: `VariationError`, or a `Failure` of status 64 if a field is chosen twice.
  func variations() throws -> [Variation] {
    let axes = try vary.map { text throws(VariationError) in try Variation(text) }
    let fields = axes.map(\.field)
    guard Set(fields).count == fields.count, setFields.isDisjoint(with: fields),
      !fields.contains(.seed) || seed == nil && count == 1 && !usesNewSeed
    else { throw Failure(.usage, "each field can be set or varied only once") }
    return axes
  }

  /// The fields with a value for all requests, except the seed.
  private var setFields: Set<RequestField> {
    let fields: [(field: RequestField, isSet: Bool)] = [
      (.prompt, prompt != nil), (.model, model != nil), (.size, size != nil),
      (.guidanceScale, guidanceScale != nil), (.watermark, watermark != nil),
    ]
    return Set(fields.filter { $0.isSet }.map { $0.field })
  }
}

extension RecordedOrder {
  init(_ ids: [GenerationID], in grid: VariationGrid) {
    self.init(
      ids: ids,
      axes: grid.axes.map { axis in
        Axis(field: axis.field.rawValue, values: axis.changes.map(\.valueText))
      })
  }
}
