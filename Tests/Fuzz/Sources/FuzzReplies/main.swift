import CLibFuzzer
import Foundation
import Glibc

@testable import SeedbankProviders

/// A key with the characters that each kind of encoding escapes.
let text = #"fz/k+"\%&=7"#
let key = try? APIKey(text)

/// Reads replies of the gateway.
///
/// The first bytes select the status and the headers. The rest is the body, in which `\u{1}` stands
/// for the key. A redacted reply never contains the key.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  let statuses = [
    200, 202, 301, 302, 400, 401, 402, 403, 404, 405, 407, 413, 429, 500, 502, 503, 511,
  ]
  let status = statuses[Int(input.first ?? 0) % statuses.count]
  let body = input.dropFirst(2).flatMap { $0 == 1 ? Array(text.utf8) : [$0] }
  let headers: ReplyHeaders =
    input.count > 1 && input[1] & 1 == 1
    ? [
      "Retry-After": String(decoding: body.prefix(40), as: UTF8.self),
      "Date": String(decoding: body.suffix(30), as: UTF8.self),
    ] : [:]
  let given = Reply(status: status, headers: headers, body: body)
  let reply = key.map { given.redacting($0) } ?? given
  precondition(!reply.body.contains(Array(text.utf8)), "no key is left")
  _ = SubmitReply.read(reply, at: Date(timeIntervalSince1970: 1_760_000_000))
  _ = PollReply.read(reply, at: Date(timeIntervalSince1970: 1_760_000_000))
  if let offers = Offers.read(reply.body) {
    precondition(offers.images.allSatisfy { $0.position > 0 }, "positions count from one")
  }
  return 0
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments, fuzz))
