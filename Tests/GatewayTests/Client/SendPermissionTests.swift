import Testing

@testable import SeedbankProviders

@Suite("Permission to send")
struct SendPermissionTests {
  @Test("the permission to send is given once")
  func once() {
    var permission = SendPermission(times: 1)
    #expect(!permission.wasGiven)
    let answers = [permission.ask(), permission.ask()]
    #expect(answers == [true, false])
    #expect(permission.wasGiven)
  }

  @Test("is not given after the exchange is over")
  func over() {
    var permission = SendPermission(times: 1)
    permission.withdraw()
    let answer = permission.ask()
    #expect(!answer)
    #expect(!permission.wasGiven)
  }
}
