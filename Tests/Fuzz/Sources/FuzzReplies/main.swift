import CLibFuzzer
import Foundation
import Gateway
import Glibc

/// Replies of the gateway: the first bytes choose status and headers, the rest is the body.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  let statuses = [200, 202, 301, 400, 401, 402, 403, 404, 429, 500, 503]
  let status = statuses[Int(input.first ?? 0) % statuses.count]
  let body = Array(input.dropFirst(2))
  let headers: ReplyHeaders =
    input.count > 1 && input[1] & 1 == 1
    ? [
      "Retry-After": String(decoding: body.prefix(40), as: UTF8.self),
      "Date": String(decoding: body.suffix(30), as: UTF8.self),
    ] : [:]
  let reply = Reply(status: status, headers: headers, body: body)
  _ = SubmitReply.read(reply, at: Date(timeIntervalSince1970: 1_760_000_000))
  _ = PollReply.read(reply, at: Date(timeIntervalSince1970: 1_760_000_000))
  if let offers = Offers.read(body) {
    precondition(offers.images.allSatisfy { $0.position > 0 }, "positions count from one")
  }
  return 0
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments, fuzz))
