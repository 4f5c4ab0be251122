/// A TCP proxy between a client and an S3 server that adds faults to requests.
struct FaultProxy {
  enum Fault: String, CaseIterable {
    /// The request is forwarded unchanged.
    case none
    /// The connection is closed before the server has received the request.
    case cut
    /// The server carries out the request, but its reply is lost.
    case lost
    /// The reply is cut off in the middle.
    case truncated
    case internalError, slowDown
    /// The first bytes of the reply arrive one by one.
    case delayed
  }

  private let server: PythonServer

  /// - Parameter plan: the fault of each request; after its end it starts again.
  init(to port: Int, _ plan: [Fault]) async throws {
    server = try await PythonServer(
      Self.program,
      ["UPSTREAM": "\(port)", "PLAN": plan.map(\.rawValue).joined(separator: ",")])
  }

  var url: String { "http://127.0.0.1:\(server.port)" }

  private static let program = """
    import asyncio, itertools
    plan = itertools.cycle(os.environ["PLAN"].split(","))
    upstream = int(os.environ["UPSTREAM"])

    async def message(reader, is_reply_to_head=False):
        head = await reader.readuntil(b"\\r\\n\\r\\n")
        length = 0
        for line in head.split(b"\\r\\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        body = b"" if is_reply_to_head else await reader.readexactly(length)
        return head, body

    def refusal(status, code):
        xml = b"<Error><Code>" + code + b"</Code></Error>"
        return b"HTTP/1.1 " + status + b" X\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(xml) + xml

    async def serve(reader, writer):
        try:
            while True:
                head, body = await message(reader)
                fault = next(plan)
                if fault == "cut":
                    break
                if fault == "internalError":
                    writer.write(refusal(b"500", b"InternalError"))
                    continue
                if fault == "slowDown":
                    writer.write(refusal(b"503", b"SlowDown"))
                    continue
                source, target = await asyncio.open_connection("127.0.0.1", upstream)
                target.write(head + body)
                reply, content = await message(source, head.startswith(b"HEAD"))
                target.close()
                if fault == "lost":
                    break
                whole = reply + content
                if fault == "truncated":
                    writer.write(whole[: (len(reply) + len(whole)) // 2 if content else len(reply) // 2])
                    await writer.drain()
                    break
                if fault == "delayed":
                    for index in range(20):
                        writer.write(whole[index : index + 1])
                        await writer.drain()
                    whole = whole[20:]
                writer.write(whole)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()

    async def main():
        server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=1 << 26)
        port = server.sockets[0].getsockname()[1]
        print(f"Running on http://127.0.0.1:{port}")
        await server.serve_forever()

    asyncio.run(main())
    """
}
