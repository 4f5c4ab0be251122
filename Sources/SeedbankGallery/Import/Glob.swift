public import FilePaths

/// A pattern for paths, as in `--exclude`.
///
/// `*` matches any bytes and `?` one character, but no slash. `[a-z]` and `[!a-z]` match one character of
/// a set, or not of it. `**` matches any bytes with slashes. `**/` at the start or after a slash matches any
/// number of whole folders, also none. A backslash makes the next character literal. A pattern without a
/// slash matches a name at any depth. One with a slash matches the path below the named folder, or the
/// absolute path if it starts with a slash. One with a slash at the end matches folders only.
public struct Glob: Hashable, Sendable {
  private enum Token: Hashable, Sendable {
    case literal(UInt8)
    case one
    case any
    case anything
    /// `**/`, at the start of a folder or of the name.
    case folders
    /// The rest of a folder that `folders` matches, with its slash; always directly after it.
    case restOfFolder
    case set([ClosedRange<UInt32>], isNegated: Bool)
  }

  private let tokens: [Token]
  private let isPath: Bool
  private let isAbsolute: Bool
  private let wantsFolder: Bool

  /// Reads a pattern; nil if it is empty or a `[` is not closed.
  public init?(_ pattern: FilePath) {
    var bytes = pattern.bytes[...]
    wantsFolder = bytes.count > 1 && bytes.last == UInt8(ascii: "/")
    if wantsFolder { bytes.removeLast() }
    isAbsolute = bytes.first == UInt8(ascii: "/")
    isPath = bytes.contains(UInt8(ascii: "/"))
    guard !bytes.isEmpty, let tokens = Self.tokens(bytes) else { return nil }
    self.tokens = tokens
  }

  /// Whether the pattern matches a file or folder.
  ///
  /// - Parameters:
  ///   - path: absolute.
  ///   - base: the folder that the user named, which contains the path.
  public func matches(_ path: FilePath, below base: FilePath, isFolder: Bool) -> Bool {
    guard isFolder || !wantsFolder else { return false }
    if !isPath { return matches(path.name.bytes) }
    if isAbsolute { return matches(path.bytes) }
    let start = base.bytes.last == UInt8(ascii: "/") ? base.bytes.count : base.bytes.count + 1
    return matches(Array(path.bytes.dropFirst(start)))
  }

  private static func tokens(_ pattern: ArraySlice<UInt8>) -> [Token]? {
    var tokens: [Token] = []
    var rest = pattern
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "*"):
        let isDouble = rest.first == UInt8(ascii: "*")
        let last = tokens.last
        let isAtStart =
          last == nil || last == .restOfFolder || last == .literal(UInt8(ascii: "/"))
        while rest.first == UInt8(ascii: "*") { rest.removeFirst() }
        if isDouble, isAtStart, rest.first == UInt8(ascii: "/") {
          rest.removeFirst()
          tokens += [.folders, .restOfFolder]
        } else {
          tokens.append(isDouble ? .anything : .any)
        }
      case UInt8(ascii: "?"): tokens.append(.one)
      case UInt8(ascii: "["):
        guard let set = set(&rest) else { return nil }
        tokens.append(set)
      case UInt8(ascii: "\\"): tokens.append(.literal(rest.popFirst() ?? byte))
      default: tokens.append(.literal(byte))
      }
    }
    return tokens
  }

  /// Reads a set in brackets.
  ///
  /// A `]` at its start belongs to the set.
  private static func set(_ rest: inout ArraySlice<UInt8>) -> Token? {
    var pieces: [UInt32] = []
    let isNegated = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
    if isNegated { rest.removeFirst() }
    let start = rest.startIndex
    guard
      let end = rest.indices.first(where: { $0 > start && rest[$0] == UInt8(ascii: "]") })
    else { return nil }
    for piece in UTF8Pieces(Array(rest[..<end])) { pieces.append(code(piece)) }
    rest = rest[(end + 1)...]
    var ranges: [ClosedRange<UInt32>] = []
    var index = 0
    while index < pieces.count {
      if index + 2 < pieces.count, pieces[index + 1] == UInt32(UInt8(ascii: "-")),
        pieces[index] <= pieces[index + 2]
      {
        ranges.append(pieces[index]...pieces[index + 2])
        index += 3
      } else {
        ranges.append(pieces[index]...pieces[index])
        index += 1
      }
    }
    return .set(ranges, isNegated: isNegated)
  }

  /// The number of a scalar.
  ///
  /// A byte that is not UTF-8 has a number above all scalars.
  private static func code(_ piece: UTF8Pieces.Piece) -> UInt32 {
    switch piece {
    case .scalar(let scalar): scalar.value
    case .byte(let byte): 0x20_0000 + UInt32(byte)
    }
  }

  /// Tracks all positions in the pattern that the text so far can reach, so that the time is limited by
  /// the length of the pattern times the length of the text.
  private func matches(_ text: [UInt8]) -> Bool {
    var states = closed([0])
    var pieces = UTF8Pieces(text)
    while let piece = pieces.next() {
      guard !states.isEmpty else { return false }
      switch piece {
      case .byte(let byte): states = step(states, Self.code(piece), [byte])
      case .scalar(let scalar):
        states = step(states, scalar.value, UTF8.encode(scalar).map(Array.init) ?? [])
      }
    }
    return states.contains(tokens.count)
  }

  private func step(_ states: Set<Int>, _ code: UInt32, _ bytes: [UInt8]) -> Set<Int> {
    var next: Set<Int> = []
    let isSlash = code == UInt32(UInt8(ascii: "/"))
    for state in states where state < tokens.count {
      switch tokens[state] {
      case .literal:
        // Literals are bytes. The bytes of a scalar follow each other.
        let end = state + bytes.count
        let isHere =
          end <= tokens.count
          && zip(tokens[state..<end], bytes).allSatisfy { $0 == .literal($1) }
        if isHere { next.insert(end) }
      case .one: if !isSlash { next.insert(state + 1) }
      case .any: if !isSlash { next.insert(state) }
      case .anything: next.insert(state)
      case .folders: next.insert(isSlash ? state : state + 1)
      case .restOfFolder: next.insert(isSlash ? state - 1 : state)
      case .set(let ranges, let isNegated):
        if !isSlash, ranges.contains(where: { $0.contains(code) }) != isNegated {
          next.insert(state + 1)
        }
      }
    }
    return closed(next)
  }

  /// Adds the positions after stars and folders, which can match nothing.
  private func closed(_ states: Set<Int>) -> Set<Int> {
    var all = states
    for state in states {
      var end = state
      while let next = position(afterEmpty: end) {
        end = next
        all.insert(end)
      }
    }
    return all
  }

  /// The position after a token that can match nothing; nil for other tokens.
  private func position(afterEmpty position: Int) -> Int? {
    guard position < tokens.count else { return nil }
    return switch tokens[position] {
    case .any, .anything: position + 1
    case .folders: position + 2
    case .literal, .one, .restOfFolder, .set: nil
    }
  }
}
