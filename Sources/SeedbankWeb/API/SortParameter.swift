import SeedbankModel
import SeedbankQuery
import SeedbankStorage

extension SearchOrder {
  /// Reads an order in the form of the command line: `newest`, `oldest`, `created`, `relevance`,
  /// `rating`, `seed`, `size` or `random:NUMBER`.
  /// - Throws: `APIError.badParameter`.
  init(parameter text: String?) throws(APIError) {
    switch text {
    case nil, "newest": self = .newest
    case "oldest": self = .oldest
    case "created": self = .created
    case "relevance": self = .relevance
    case "rating": self = .rating
    case "seed": self = .seed
    case "size": self = .size
    case let text?:
      let digits = text.dropFirst(7)
      guard text.hasPrefix("random:"), (1...19).contains(digits.utf8.count),
        digits.utf8.allSatisfy(HTTPByte.isDigit), let number = UInt64(digits)
      else {
        throw .badParameter(
          "sort",
          "newest, oldest, created, relevance, rating, seed, size or random:NUMBER")
      }
      self = .random(number)
    }
  }
}
