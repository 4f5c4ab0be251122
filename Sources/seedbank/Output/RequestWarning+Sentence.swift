import SeedbankProviders

extension RequestWarning {
  /// The sentence for the warning.
  var sentence: String {
    switch self {
    case .unknownModel(let name):
      "the model \(name) is not known; its parameters are not checked"
    case .fieldLeftOut(let field, let model):
      "\(model ?? "the default model") ignores \(field.rawValue), so it is not sent"
    case .retiredModel(let name, let reason):
      "\(name) will probably fail: \(reason)"
    }
  }
}
