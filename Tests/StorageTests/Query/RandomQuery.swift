import TestRandomness

@testable import SeedbankQuery

extension Query {
  /// Returns a random query of any kind, with nested brackets, in the form that the parser creates.
  static func random(_ random: inout SeededGenerator) -> Query {
    Query(Node.random(depth: 3, &random).simplified)
  }
}

extension Query.Node {
  fileprivate static func random(depth: Int, _ random: inout SeededGenerator) -> Self {
    switch depth == 0 ? 3 : Int.random(in: 0..<6, using: &random) {
    case 0:
      return .all((0..<3).map { _ in self.random(depth: depth - 1, &random) })
    case 1:
      return .any((0..<2).map { _ in self.random(depth: depth - 1, &random) })
    case 2: return .not(self.random(depth: depth - 1, &random))
    default: return leaf(&random)
    }
  }

  private static func leaf(_ random: inout SeededGenerator) -> Self {
    guard Int.random(in: 0..<2, using: &random) == 0 else {
      return .condition(Condition.random(&random))
    }
    let pieces = SearchFixture.pieces
    let count = [1, 1, 1, 2, 3].randomElement(using: &random) ?? 1
    let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }
      .joined(separator: Bool.random(using: &random) ? " " : "")
    var folding = TextFolding()
    folding.append(text)
    guard !folding.bytes.isEmpty else { return leaf(&random) }
    let field = TextField.allCases.randomElement(using: &random) ?? .anywhere
    return .words(
      Words(text: text, isPrefix: Bool.random(using: &random)),
      in: Bool.random(using: &random) ? .anywhere : field)
  }
}

extension Condition {
  fileprivate static func random(_ random: inout SeededGenerator) -> Condition {
    let texts: [String] = [
      "tag:client", "tag:=client", "tag:CLIENT/acme", "tag:c*", "tag:=*/a*", "tag:猫", "tag:none",
      "seed:42", "seed:none", "seed:1234*", "seed:0*", "seed:9*", "seed:1..100", "seed:>=1234",
      "seed:<42", "seed:18446744073709551615", "seed:9223372036854775808..",
      "seed:>9223372036854775807",
      "seed:9223372036854775807..9223372036854775808", "seed:<=-1", "seed:-12*", "seed:-9*",
      "seed:18*", "seed:92233720368547758*", "seed:-9223372036854775808",
      "seed:>18446744073709551615", "model:seedream-4-0", "model:seedream*", "model:*0*",
      "model:none",
      "model:\"ep *x\"", "size:1024x1024", "size:2k", "size:none", "width:>=1024", "width:512",
      "height:..720", "ratio:portrait", "ratio:landscape", "ratio:square", "ratio:16:9",
      "ratio:4:3",
      "guidance:2..3.5", "guidance:none", "guidance:>1", "watermark:yes", "watermark:no",
      "watermark:none", "rating:>=4", "rating:none", "rating:3", "rating:2..4", "rating:<1",
      "status:pending", "status:complete", "is:favorite", "is:complete", "is:pending", "is:failed",
      "is:unknown", "is:lost", "is:missing", "is:remote", "is:reproduction", "is:reproduced",
      "has:note",
      "has:tag", "has:image", "has:prompt", "tool:comfyui", "tool:*u*", "tool:ETE*", "tool:none",
      "tool:*", "raw:KSAMPLER", "raw:ksam*", "raw:猫", "raw:\"(A B)\"", "raw:\"t*\"", "raw:É",
      "raw:Z", "created:2026-11", "created:2026-11-01..2026-11-15", "created:today",
      "created:yesterday", "created:7d", "created:30d..7d", "created:>2026-10", "created:<=2026-09",
      "created:2026", "created:1999", "created:2026-11-20T10:00", "collection:Best",
      "collection:Später", "parent:1", "parent:3", "id:10..20", "id:5", "id:>30", "id:99999",
      "sha256:a", "sha256:9f", "format:png", "format:jpg", "verdict:identical-file",
      "verdict:different", "is:partial", "provider:ark", "provider:a*", "provider:none",
      "provider:none*",
      "reference:sha256:a", "reference:sha256:9f",
    ]
    var parser = QueryParser(texts.randomElement(using: &random) ?? "")
    guard case .condition(let condition)? = try? parser.parse() else { return .seed(.unknown) }
    if Int.random(in: 0..<30, using: &random) == 0 { return .ids([1, 4, 9, 16, 25]) }
    return condition
  }
}
