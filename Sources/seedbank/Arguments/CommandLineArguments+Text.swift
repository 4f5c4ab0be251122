extension CommandLineArguments {
  /// The options whose values are paths, of all commands together.
  static let pathOptions: Set<String> = [
    "--contact-sheet", "--exclude", "--extract", "--from", "--html", "--image", "--library",
    "--ready-file", "--reference", "--to",
  ]

  /// The commands whose words may be paths, such as an image file instead of an id.
  ///
  /// nil: all words; a number: the first words up to this number.
  static let pathCommands: [String: Int?] = [
    "backup": nil, "compare": nil, "diff": nil, "import": nil, "init": nil, "note": 1, "open": nil,
    "reproduce": nil, "restore": nil, "show": nil, "sync": nil,
  ]

  /// The fields of a query whose values may be paths.
  private static let pathFields = ["similar:", "parent:", "reference:"]

  /// Checks that every argument that is not a path is UTF-8, before anything is recorded or paid
  /// for.
  ///
  /// Paths may be any bytes.
  ///
  /// - Throws: `Failure` with the number of the first wrong argument.
  static func checkText(_ arguments: [String]) throws {
    guard let bad = firstDamagedText(arguments) else { return }
    throw Failure(
      .badData,
      "argument \(bad + 1) is not valid UTF-8: "
        + "'\(String(decoding: RawText.bytes(of: arguments[bad]), as: UTF8.self))'",
      hint: "use a terminal with UTF-8, or read prompts from a UTF-8 file with --from")
  }

  private static func firstDamagedText(_ arguments: [String]) -> Int? {
    guard arguments.contains(where: { RawText.utf8($0) == nil }) else { return nil }
    // Only options can precede the command. Those with a value take a path.
    var words = 0
    var command: String?
    var option: String?
    for (index, argument) in arguments.enumerated() {
      let isValueOf = option
      option = nil
      if isValueOf == nil, argument.hasPrefix("--"), argument != "--" {
        let name = argument.split(separator: "=", maxSplits: 1).first.map(String.init) ?? argument
        if name == argument {
          if ValueOptions.takesValue(name, of: command ?? "") { option = name }
        } else if pathOptions.contains(name) {
          continue
        }
      } else if let isValueOf {
        if pathOptions.contains(isValueOf) { continue }
      } else if command == nil {
        command = argument
      } else {
        words += 1
        if mayBePath(argument, word: words, of: command ?? "") { continue }
      }
      if RawText.utf8(argument) == nil { return index }
    }
    return nil
  }

  private static func mayBePath(_ argument: String, word: Int, of command: String) -> Bool {
    if let limit = pathCommands[command] { return limit.map { word <= $0 } ?? true }
    let value = argument.hasPrefix("-") ? argument.dropFirst() : argument[...]
    return pathFields.contains { value.hasPrefix($0) }
  }
}
