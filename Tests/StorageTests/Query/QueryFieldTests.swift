import Testing

@testable import SeedbankQuery
@testable import SeedbankStorage

@Suite("A field of the query language")
struct QueryFieldTests {
  @Test("has a condition in SQL if it tests a row")
  func readingInSQL() {
    for condition in QueryField.rowConditions {
      #expect(condition is any RowConditionSQL.Type, "\(condition.name)")
    }
  }

  @Test("has a unique name, which the parser knows")
  func names() {
    let names = QueryField.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Set(["before", "after", "negative", "settings", "watermark"]).isSubset(of: names))
    for name in names {
      #expect(QueryField.named(name)?.name == name)
      #expect(throws: Never.self) { _ = try Query.parse("\(name):") }
    }
  }

  @Test("accepts each value that completion offers")
  func offeredValues() throws {
    for field in QueryField.all {
      guard case .words(let words) = field.completion else { continue }
      for word in words {
        #expect(Condition(field, word, isQuoted: false) != nil, "\(field.name):\(word)")
      }
    }
  }
}
