import ArgumentParser

extension SearchCommand {
  /// Reads the arguments of `search` without the argument parser.
  ///
  /// Returns nil if they are not simple. Then the parser reads them and reports errors.
  ///
  /// The parser takes a third of the time of a search. A test checks that both give the same result.
  static func quick(_ arguments: [String]) -> Search? {
    guard arguments.first == commandName, OldSpelling.replaced(in: arguments) == arguments else {
      return nil
    }
    var search = Search()
    var seen: Set<String> = []
    var rest = arguments.dropFirst()
    while let argument = rest.popFirst() {
      if argument == "--" {
        search.words += rest
        break
      }
      let short = ShortOption(argument)
      guard argument.hasPrefix("--") || short != nil else {
        search.words.append(argument)
        continue
      }
      guard let option = QuickOption(argument, short, &rest), seen.insert(option.name).inserted,
        option.apply(to: &search)
      else { return nil }
    }
    if seen.contains("--json") {
      if seen.contains("--format"), search.format != .json { return nil }
      search.format = .json
    }
    return search.conflict == nil ? search : nil
  }
}

/// One typed option of `search`.
private struct QuickOption {
  let name: String
  /// Nil for a flag.
  let value: String?

  private static let flags: Set<String> = [
    "-0", "--count", "--exit-status", "--facets", "--json", "--quiet",
  ]

  /// Nil if it is not an option of `search`, or its value is missing.
  init?(_ argument: String, _ short: ShortOption?, _ rest: inout ArraySlice<String>) {
    let typed = short.map { $0.long == "-e" ? "--exit-status" : $0.long } ?? argument
    if let value = short?.value {
      name = typed
      self.value = value
    } else if Self.flags.contains(typed) {
      name = typed
      value = nil
    } else if let equals = typed.firstIndex(of: "=") {
      name = String(typed[..<equals])
      value = String(typed[typed.index(after: equals)...])
    } else {
      guard let next = rest.first, !next.hasPrefix("-") else { return nil }
      rest.removeFirst()
      name = typed
      value = next
    }
  }

  /// False if the value is not simple.
  func apply(to search: inout Search) -> Bool {
    switch (name, value) {
    case ("-0", nil): search.nul = true
    case ("--count", nil): search.isCount = true
    case ("--facets", nil): search.isFacets = true
    case ("--exit-status", nil): search.needsMatch = true
    case ("--json", nil): break
    case ("--quiet", nil): search.isQuiet = true
    case ("--library", let value?): search.library = value
    case ("--format", let value?): return set(&search.format, OutputFormat(typed: value))
    case ("--color", let value?): return set(&search.color, ColorChoice(rawValue: value))
    case ("--sort", let value?): return set(&search.sort, SortOrder(argument: value))
    case ("--limit", let value?): return set(&search.limit, Int(argument: value))
    case ("--after", let value?): return set(&search.after, Int64(argument: value))
    default: return false
    }
    return true
  }

  private func set<Value>(_ field: inout Value, _ value: Value?) -> Bool {
    guard let value else { return false }
    field = value
    return true
  }

  private func set<Value>(_ field: inout Value?, _ value: Value?) -> Bool {
    guard let value else { return false }
    field = value
    return true
  }
}
