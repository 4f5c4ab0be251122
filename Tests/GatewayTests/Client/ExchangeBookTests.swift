import Testing

@testable import Gateway

@Suite("Leave to send")
struct ExchangeBookTests {
  @Test("is given once")
  func once() {
    let book = ExchangeBook()
    let ticket = book.open(target: "/x")
    #expect(book.begin(ticket) == "/x")
    #expect(book.begin(ticket) == nil)
    #expect(book.close(ticket))
  }

  @Test("is not given after the exchange is over")
  func over() {
    let book = ExchangeBook()
    let ticket = book.open(target: "/x")
    #expect(!book.close(ticket))
    #expect(book.begin(ticket) == nil)
  }

  @Test("an exchange that nobody opened counts as sent")
  func stranger() {
    #expect(ExchangeBook().close(ExchangeBook.Ticket(number: 9)))
  }
}
