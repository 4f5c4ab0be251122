import ArgumentParser

extension SearchCommand {
  /// Reads the arguments of `search` without the argument parser, or returns nil where anything about
  /// them is not plain: then the parser reads them, and explains.
  ///
  /// The parser takes a third of the whole time of a search. A test holds the two readings equal.
  static func quick(_ arguments: [String]) -> Search? {
    guard arguments.first == commandName else { return nil }
    var search = Search()
    var seen: Set<String> = []
    var rest = arguments.dropFirst()
    if let first = rest.first, Seedbank.compoundCommands.contains("\(commandName)-\(first)") {
      return nil
    }
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("-"), argument != "-" else {
        search.words.append(argument)
        continue
      }
      if argument == "--" {
        search.words += rest
        break
      }
      guard argument.hasPrefix("--") || argument == "-0" || argument == "-h" else {
        search.words.append(argument)
        continue
      }
      guard let option = QuickOption(argument, &rest), seen.insert(option.name).inserted,
        option.apply(to: &search)
      else { return nil }
    }
    return search.conflict == nil ? search : nil
  }
}

/// One option of `search` as it was typed.
private struct QuickOption {
  let name: String
  /// Nil for a flag.
  let value: String?

  private static let flags: Set<String> = ["-0", "--count", "--facets", "--quiet"]

  /// Nil where it is no option of `search`, or its value is missing.
  init?(_ argument: String, _ rest: inout ArraySlice<String>) {
    if Self.flags.contains(argument) {
      name = argument
      value = nil
    } else if let equals = argument.firstIndex(of: "=") {
      name = String(argument[..<equals])
      value = String(argument[argument.index(after: equals)...])
    } else {
      guard let next = rest.first, !next.hasPrefix("-") else { return nil }
      rest.removeFirst()
      name = argument
      value = next
    }
  }

  /// False where the value is not plain.
  func apply(to search: inout Search) -> Bool {
    switch (name, value) {
    case ("-0", nil): search.nul = true
    case ("--count", nil): search.isCount = true
    case ("--facets", nil): search.isFacets = true
    case ("--quiet", nil): search.isQuiet = true
    case ("--library", let value?): search.library = value
    case ("--format", let value?): return set(&search.format, RecordFormat(rawValue: value))
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
