import CLibFuzzer
import Foundation
import Glibc

@testable import SeedbankProviders

/// A key with the characters that each kind of encoding escapes.
let text = #"fz/k+"\%&=7"#
let key = try? APIKey(text)

/// Reads heads of replies, line by line as libcurl passes them, and parses all their fields.
///
/// In the input, `\u{1}` stands for the key. The bytes after the head are the body.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: start, count: count).flatMap {
    $0 == 1 ? Array(text.utf8) : [$0]
  }
  var reader = HeadReader()
  var rest = bytes[...]
  var found: ReplyHead?
  while found == nil, !rest.isEmpty {
    let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
    found = reader.take(rest[..<end])
    rest = rest[end...]
  }
  guard let head = found else { return 0 }
  precondition(head.status >= 200, "an interim reply is no head")
  precondition(reader.take(rest) == nil, "a head comes once")
  for field in head.headers.fields {
    precondition(
      !(field.name + field.value).unicodeScalars.contains { $0 == "\n" || $0 == "\r" },
      "a field has no line end")
  }
  let size = head.headers.fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
  // A byte that is not UTF-8 becomes three bytes.
  precondition(size <= 3 * HeadReader.limit, "a head is bounded")
  let given = Reply(status: head.status, headers: head.headers, body: Array(rest.prefix(4096)))
  let reply = key.map { given.redacting($0) } ?? given
  for field in reply.headers.fields {
    precondition(!field.value.contains(text), "no key is left")
  }
  let now = Date(timeIntervalSince1970: 1_760_000_000)
  _ = SubmitReply.read(reply, at: now)
  _ = PollReply.read(reply, at: now)
  for offset in [0, 100, Int64.max] as [Int64] {
    let resumption = offset > 0 ? Resumption(offset: offset, validator: "\"v\"") : nil
    guard
      case .begins(let start)? = try? DownloadReply.read(
        reply, resuming: resumption, limit: 64 << 20, at: now)
    else { continue }
    precondition(start.offset == 0 || start.offset == offset, "a download goes on where it was")
    precondition((start.length ?? 0) <= 64 << 20, "a download is bounded")
  }
  return 0
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments, fuzz))
