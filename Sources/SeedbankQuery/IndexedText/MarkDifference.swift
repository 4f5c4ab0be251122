/// The marks that an edit removes from an entry and those that it adds, in the form of `FacetColumn.appendMarks`.
package struct MarkDifference: Equatable, Sendable {
  package let removed: ArraySlice<UInt8>
  package let added: ArraySlice<UInt8>

  package var isEmpty: Bool { removed.isEmpty && added.isEmpty }

  /// Compares the marks of an entry before and after an edit.
  ///
  /// FTS5 removes all occurrences of a token in an entry. So a token that remains is in neither part, or each of its
  /// occurrences is in both.
  package init(from old: [UInt8], to new: [UInt8]) {
    let shorter = min(old.count, new.count)
    func isBoundary(_ place: Int) -> Bool {
      (place == old.count || old[place] == Self.space)
        && (place == new.count || new[place] == Self.space)
    }
    var start = 0
    while start < shorter, old[start] == new[start] { start += 1 }
    while start > 0, !isBoundary(start) { start -= 1 }
    var kept = 0
    while kept < shorter - start, old[old.count - kept - 1] == new[new.count - kept - 1] {
      kept += 1
    }
    while kept > 0, old[old.count - kept] != Self.space { kept -= 1 }
    let (removed, added) = (old[start..<old.count - kept], new[start..<new.count - kept])
    let remaining = [new[..<start], new[(new.count - kept)...]]
    let remains = [removed, added].contains { part in
      part.split(separator: Self.space).contains { token in
        token.withUnsafeBytes { token in
          remaining.contains { $0.withUnsafeBytes { IndexedText.contains($0, token) } }
        }
      }
    }
    if remains {
      self.init(counting: old, new)
    } else {
      self.init(removed: removed, added: added)
    }
  }

  private init(removed: ArraySlice<UInt8>, added: ArraySlice<UInt8>) {
    self.removed = removed
    self.added = added
  }

  /// Takes the tokens of which the numbers of occurrences differ.
  private init(counting old: [UInt8], _ new: [UInt8]) {
    let (before, after) = (old.split(separator: Self.space), new.split(separator: Self.space))
    func differs(_ token: ArraySlice<UInt8>) -> Bool {
      before.count { $0 == token } != after.count { $0 == token }
    }
    func joined(_ tokens: [ArraySlice<UInt8>]) -> ArraySlice<UInt8> {
      tokens.reduce(into: []) { $0 += [Self.space] + $1 }
    }
    self.init(removed: joined(before.filter(differs)), added: joined(after.filter(differs)))
  }

  private static let space = UInt8(ascii: " ")
}
