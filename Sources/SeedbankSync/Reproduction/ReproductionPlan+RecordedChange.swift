public import SeedbankModel
import SeedbankProviders
import SeedbankStorage

extension ReproductionPlan {
  /// The key of `parent_change` for the name of the provider.
  private static let providerKey = "provider"

  /// Whether a reproduction repeats the request of its parent without changes.
  ///
  /// It can be sent to another provider.
  public static func isUnchanged(_ reproduction: Generation) -> Bool {
    isUnchanged(reproduction.parentChange)
  }

  /// The same for the value of `parent_change`.
  static func isUnchanged(_ parentChange: String?) -> Bool {
    guard let changes = parentChange.flatMap(LineageChange.read) else { return false }
    return changes.allSatisfy { $0.field == providerKey }
  }

  /// The value of `parent_change`: the provider if it is another one, the changed fields with their
  /// new values, and null for the parameters that were left out.
  func recordedChange(of cell: Cell) -> String {
    var writer = JSONWriter()
    writer.object { object in
      if changesProvider {
        object.key(Self.providerKey)
        object.value(provider.name)
      }
      for change in cell.changes {
        object.key(change.field.rawValue)
        switch change {
        case .prompt(let text): object.value(text)
        case .model(let text?): object.value(text)
        case .responseFormat(let format?): object.value(format.rawValue)
        case .size(let size?): object.value(size.description)
        case .seed(let seed?): object.value(seed)
        case .guidanceScale(let scale?): object.value(scale)
        case .watermark(let flag?): object.value(flag)
        case .model, .responseFormat, .size, .seed, .guidanceScale, .watermark: object.null()
        }
      }
      let changed = cell.changes.map(\.field.rawValue)
      for parameter in cell.leftOut where !changed.contains(parameter.rawValue) {
        object.key(parameter.rawValue)
        object.null()
      }
    }
    return writer.text
  }
}
