public import SeedbankModel

extension Query {
  /// Evaluates the query in memory: returns whether `record`, which must not be in the trash, is a
  /// result of `Library.search`.
  ///
  /// Saved searches and images to compare with match nothing here. `Library.resolved` replaces them
  /// first.
  public func matches(_ record: SearchableRecord, at local: LocalTime) -> Bool {
    node.matches(record, local)
  }
}

extension Query.Node {
  fileprivate func matches(_ record: SearchableRecord, _ local: LocalTime) -> Bool {
    switch self {
    case .everything: true
    case .nothing: false
    case .words(let words, let field): record.holds(words, in: field)
    case .condition(let condition): condition.matches(record, local)
    case .all(let operands): operands.allSatisfy { $0.matches(record, local) }
    case .any(let operands): operands.contains { $0.matches(record, local) }
    case .not(let operand): !operand.matches(record, local)
    }
  }
}

extension Condition {
  fileprivate func matches(_ record: SearchableRecord, _ local: LocalTime) -> Bool {
    let generation = record.generation
    let parameters = generation.parameters
    switch self {
    case .tag(let pattern): return generation.tags.contains(where: pattern.matches)
    case .seed(.unknown): return parameters.seed == nil
    case .seed(let pattern):
      return parameters.seed.map { seed in pattern.ranges.contains { $0.contains(seed) } } ?? false
    case .model(nil): return parameters.model == nil
    case .model(let wildcard?): return parameters.model.map(wildcard.matches) ?? false
    case .size(nil): return record.sizeLabel == nil
    case .size(let size?):
      return [record.sizeLabel, parameters.size].contains {
        $0.map { FacetToken.folded($0) == FacetToken.folded(size) } ?? false
      }
    case .width, .height, .ratio:
      return record.sizeLabel.flatMap(SizeLabel.pixels).map {
        contains(width: $0.width, height: $0.height)
      } ?? false
    case .rating(nil): return generation.rating == nil
    case .rating(let interval?):
      return generation.rating.map { interval.contains(Int64($0)) } ?? false
    case .status(let status): return generation.status == status
    case .state(let state): return state.holds(record)
    case .has(.note): return !(generation.note ?? "").isEmpty
    case .has(.tag): return !generation.tags.isEmpty
    case .has(.image): return !generation.images.isEmpty
    case .has(.prompt): return !generation.prompt.isEmpty
    case .created(let pattern):
      let range = pattern.range(local)
      return range.from.map { generation.createdAt >= $0 } ?? true
        && range.to.map { generation.createdAt < $0 } ?? true
    case .collection(let name):
      return record.collections.contains { $0.isIdentical(to: name) }
    case .savedSearch, .similar, .childOf, .generation: return false
    case .parent(let id): return generation.parent?.rawValue == id
    case .id(let interval): return interval.contains(generation.id.rawValue)
    case .row(let row): return row.condition.matches(record)
    case .ids(let ids): return ids.contains(generation.id.rawValue)
    }
  }
}

extension State {
  fileprivate func holds(_ record: SearchableRecord) -> Bool {
    let generation = record.generation
    switch self {
    case .favorite: return generation.isFavorite
    case .complete: return generation.status == .complete
    case .partial: return generation.isPartial
    case .pending: return generation.status.isUnfinished
    case .held: return generation.status == .held
    case .failed: return generation.status == .failed
    case .unknown: return generation.status == .unknown
    case .lost: return generation.status == .lost
    case .missing: return generation.images.contains { $0.place == .missing }
    case .remote: return generation.images.contains { $0.place == .remote }
    case .reproduction: return generation.parent != nil
    case .reproduced: return record.isReproduced
    }
  }
}

extension TagPattern {
  /// Whether the pattern matches the tag or one of its parents.
  package func matches(_ tag: String) -> Bool {
    let wildcard = Wildcard(text: name)
    if wildcard.matches(tag) { return true }
    return !isExact && FacetToken.names(above: tag).contains { wildcard.matches(String($0)) }
  }
}
