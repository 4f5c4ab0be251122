/// The arguments after a command, sorted into options and other words.
struct TypedWords: Equatable {
  /// Options with their values, in the form of the argument parser.
  var options: [String] = []
  /// The other typed words.
  var words: [String] = []
  /// Whether the parser would misread the arguments without sorting.
  private(set) var needsSorting = false

  /// - Parameter command: the typed name, such as `saved add`.
  /// - Throws: a `Failure` of status 64 for a one-letter option that does not exist.
  init(_ arguments: [String], of command: String) throws {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        needsSorting = needsSorting || rest.contains { $0.hasPrefix("-") }
        words += rest
        break
      } else if let short = ShortOption(argument) {
        try add(short, &rest, command)
      } else if argument.hasPrefix("--") {
        add(option: argument, &rest, command)
      } else {
        if argument.count > 1, argument.hasPrefix("-") {
          try ShortOption.refuseCluster(argument, of: command)
          needsSorting = true
        }
        words.append(argument)
      }
    }
  }

  /// Whether an option was given under one of its names.
  func has(_ names: String...) -> Bool {
    options.contains { option in
      names.contains { option == $0 || option.hasPrefix($0 + "=") }
    }
  }

  /// The form for the parser: options, then two dashes, then all other words.
  var arguments: [String] { options + ["--"] + words }

  private mutating func add(
    _ short: ShortOption, _ rest: inout ArraySlice<String>, _ command: String
  ) throws {
    if let value = short.value {
      options.append("\(short.long)=\(value)")
      needsSorting = true
    } else if short.isKnown {
      add(option: short.typed, &rest, command)
    } else {
      throw ShortOption.unknown(short.typed, of: command)
    }
  }

  private mutating func add(
    option: String, _ rest: inout ArraySlice<String>, _ command: String
  ) {
    guard ValueOptions.takesValue(option, of: command), let value = rest.first else {
      return options.append(option)
    }
    if Self.isNegativeNumber(value) {
      // In a separate word, the parser would read it as another option.
      options.append("\(ShortOption.longName(of: option) ?? option)=\(value)")
      needsSorting = true
      rest.removeFirst()
    } else {
      options.append(option)
      guard value.count < 2 || !value.hasPrefix("-") else { return }
      options.append(value)
      rest.removeFirst()
    }
  }

  private static func isNegativeNumber(_ text: String) -> Bool {
    text.first == "-" && text.dropFirst().first.map { $0.isASCII && $0.isNumber } == true
  }
}
