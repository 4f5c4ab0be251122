import NIOCore
import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// Answers requests: checks access, reads the request, and executes it on threads that may block.
final class WebService: RequestService {
  let settings: ServerSettings
  let readers: LibraryPool
  /// The connection for edits; nil if edits are not allowed.
  let writer: LibraryPool?
  let watch: ChangeWatch
  let images: ImageResponder
  private let policy: AccessPolicy
  private let errors: ErrorMapping
  private let assets = StaticAssets()
  private let readPool: WorkPool
  private let writePool: WorkPool
  private let imagePool: WorkPool

  /// - Parameters:
  ///   - port: the port on which it listens.
  ///   - open: opens one more connection to the library.
  /// - Throws: `LibraryError`.
  init(
    _ settings: ServerSettings, port: Int,
    open: @escaping @Sendable (Library.Access) throws -> Library
  ) throws {
    self.settings = settings
    policy = AccessPolicy(
      token: settings.token, ticket: settings.ticket, host: settings.host, port: port)
    errors = ErrorMapping(wording: settings.wording)
    readers = try LibraryPool { try open(.reading) }
    writer = settings.isReadOnly ? nil : try LibraryPool { try open(.writing) }
    watch = try ChangeWatch(now: settings.local().now) { try open(.reading) }
    readPool = WorkPool(threads: settings.threads, longestQueue: 256)
    writePool = WorkPool(threads: 1, longestQueue: 64)
    // Thumbnails need the processor only. With more threads than processors, the first one is ready later. A browser on
    // the same computer needs processors too, to show those that are ready.
    imagePool = WorkPool(
      threads: min(settings.threads, System.coreCount), longestQueue: 256, niceness: 10)
    images = try ImageResponder(readers, imagePool)
  }

  /// Cancels waiting work and waits for running work.
  func stop() async {
    watch.hub.close()
    await readPool.stop()
    await writePool.stop()
    await imagePool.stop()
    await watchPool.stop()
  }

  private let watchPool = WorkPool(threads: 1, longestQueue: 64)

  // MARK: RequestService

  func date() -> String { HTTPDate.text(settings.local().now) }

  func admission(of head: RequestHead, isOwnUser: () -> Bool) -> Response? {
    policy.response(to: head, isOwnUser: isOwnUser)
  }

  func read(
    _ file: OpenFile, at offset: Int64, count: Int, on loop: any EventLoop
  ) -> EventLoopFuture<[UInt8]> {
    readPool.run(on: loop) { file.read(at: offset, count: count) }
  }

  func subscribe(
    after number: Int64?, deliver: @escaping @Sendable (String) -> Void
  ) -> EventSubscription? {
    watch.hub.subscribe(after: number, deliver: deliver)
  }

  func respond(to request: Request, on loop: any EventLoop) -> EventLoopFuture<Response> {
    let head = request.head
    do {
      let route = try Route(head.path)
      guard route.methods.contains(head.method) else {
        return loop.makeSucceededFuture(AccessPolicy.methodNotAllowed(route.methods))
      }
      guard head.contentLength == 0 || head.method == "PATCH" || head.method == "POST" else {
        throw APIError.badParameter("body", "no body")
      }
      let query = try RequestQuery(head.query)
      return try answer(route, query, request, loop).flatMapErrorThrowing { [errors] error in
        errors.response(to: error, query: query["q"])
      }
    } catch {
      return loop.makeSucceededFuture(errors.response(to: error))
    }
  }

  // MARK: Routes

  private func answer(
    _ route: Route, _ query: RequestQuery, _ request: Request, _ loop: any EventLoop
  ) throws -> EventLoopFuture<Response> {
    switch route {
    case .page:
      guard var page = assets.response("index.html", to: request.head) else {
        throw APIError.notFound
      }
      page.fields.append(("Link", FirstPage.link(query)))
      return loop.makeSucceededFuture(page)
    case .asset(let name):
      guard let response = assets.response(name, to: request.head) else { throw APIError.notFound }
      return loop.makeSucceededFuture(response)
    case .image(let digest): return images.image(digest, request.head, on: loop, readPool)
    case .thumbnail(let digest):
      return images.thumbnail(
        digest, size: try query.number("size", in: 1...10_000) ?? 320, request, on: loop, readPool)
    case .events: return try events(query, request.head, loop)
    case .selection, .undo, .redo: return try write(route, request, loop)
    case .generations where request.head.method == "POST": return try submit(request, loop)
    default: return read(route, query, request, loop)
    }
  }

  private func read(
    _ route: Route, _ query: RequestQuery, _ request: Request, _ loop: any EventLoop
  ) -> EventLoopFuture<Response> {
    let pool = if case .compare = route { imagePool } else { readPool }
    // A program may close its half of the connection and still wait for the response. A browser closes a connection
    // only if it does not need the response, for example because another character was typed.
    let isBrowser = request.head["sec-fetch-mode"] != nil
    let cancellation = isBrowser ? request.cancellation : Cancellation()
    // Read before the records are: events with a greater number report all changes that the answer does not contain.
    let lastEvent = watch.hub.last
    let answer: EventLoopFuture<Response> = pool.run(on: loop) { [self] in
      try readers.use { library in
        try cancellation.run(stop: library.interrupt) {
          let api = LibraryAPI(library: library, wording: settings.wording, local: settings.local())
          return try api.answer(route, query, images.colors) { abilities }
        }
      }
    }
    guard route == .generations else { return answer }
    return answer.map { response in
      var response = response
      response.fields.append(("Seedbank-Event", "\(lastEvent)"))
      return response
    }
  }

  private var abilities: ServerAbilities {
    ServerAbilities(
      version: settings.version, isReadOnly: settings.isReadOnly,
      generation: settings.generator?.abilities)
  }

  /// Checks for changes first, so that all events since the last one can be sent.
  private func events(
    _ query: RequestQuery, _ head: RequestHead, _ loop: any EventLoop
  ) throws -> EventLoopFuture<Response> {
    var after: Int64?
    if let text = head["last-event-id"] ?? query["last_event_id"] {
      // Other texts were not sent by this server. Then everything is new.
      after = Int64(text) ?? -1
    }
    return look(on: loop).map { [after] in
      Response(
        status: 200,
        fields: [
          ("Content-Type", "text/event-stream; charset=utf-8"), ("Cache-Control", "no-store"),
          ("X-Accel-Buffering", "no"),
        ], body: .events(after: after))
    }
  }

  /// Checks for changes by any process and sends them as events.
  func look(on loop: any EventLoop) -> EventLoopFuture<Void> {
    watchPool.run(on: loop) { [watch] in try watch.look() }
  }

  private func write(
    _ route: Route, _ request: Request, _ loop: any EventLoop
  ) throws -> EventLoopFuture<Response> {
    guard let writer else { throw APIError.readOnly }
    let done = writePool.run(on: loop) { [self] in
      try writer.use { library in
        let api = LibraryAPI(library: library, wording: settings.wording, local: settings.local())
        return try api.change(route, request.body, by: settings.actor)
      }
    }
    done.whenSuccess { [self] _ in _ = look(on: loop) }
    return done
  }

  private func submit(_ request: Request, _ loop: any EventLoop) throws -> EventLoopFuture<Response>
  {
    guard let generator = settings.generator else { throw APIError.generateNotAllowed }
    let order = try ImageOrder(json: request.body)
    let done = writePool.run(on: loop) {
      let recorded = try generator.submit(order)
      return Response.json { recorded.write(to: &$0) }
    }
    done.whenSuccess { [self] _ in _ = look(on: loop) }
    return done
  }
}
