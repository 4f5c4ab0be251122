import CCurl

/// The engine's thread: it takes requests, runs libcurl, and passes on results.
///
/// The order within a round matters: the clock is read first, then all sockets. Time limits are checked
/// and cancelled exchanges are ended after that, so that data that has already arrived is read before.
final class HTTPLoop {
  private let mailbox: HTTPMailbox
  private let rules: HTTPRules
  private let multi: OpaquePointer
  private var transfers: [UInt64: HTTPTransfer] = [:]
  private var clock: RunningClock

  /// Runs until the mailbox is stopped.
  ///
  /// If it cannot start, the waiting exchanges fail.
  static func run(_ mailbox: HTTPMailbox, _ rules: HTTPRules) {
    http_block_signals()
    var opened: OpaquePointer?
    switch http_multi_open(rules.connectionsPerHost, &opened) {
    case HTTP_STARTED: break
    case HTTP_NO_LIBRARY: return mailbox.refuse(.noLibrary)
    case HTTP_NO_DESCRIPTORS: return mailbox.refuse(.noDescriptors)
    default: return mailbox.refuse(.noResources)
    }
    guard let opened else { return mailbox.refuse(.noResources) }
    mailbox.publish(opened)
    HTTPLoop(mailbox, rules, opened).run()
    mailbox.publish(nil)
    http_multi_close(opened)
    mailbox.end()
  }

  private init(_ mailbox: HTTPMailbox, _ rules: HTTPRules, _ multi: OpaquePointer) {
    self.mailbox = mailbox
    self.rules = rules
    self.multi = multi
    clock = RunningClock(rules.uptime)
  }

  private func run() {
    while true {
      let orders = mailbox.take()
      clock.advance()
      for begun in orders.begun { begin(begun, orders) }
      for number in orders.resumed { transfers[number]?.resume() }
      for (number, time) in orders.limited { transfers[number]?.limit(to: time) }
      for transfer in transfers.values { transfer.now = clock.now }
      http_multi_work(multi)
      collectFinished()
      for number in orders.cancelled { end(number, .cancelled) }
      endOverdue()
      if orders.isStopping {
        for number in Array(transfers.keys) { end(number, .connection(.shutDown)) }
        return
      }
      let wait = transfers.isEmpty ? -1 : RunningClock.longestWait.inMilliseconds
      http_multi_wait(multi, CInt(wait))
    }
  }

  private func begin(_ begun: HTTPMailbox.Begun, _ orders: HTTPMailbox.Orders) {
    let transfer = HTTPTransfer(begun, at: clock.now)
    if orders.isStopping { return transfer.fail(.connection(.shutDown)) }
    if orders.cancelled.contains(begun.number) { return transfer.fail(.cancelled) }
    guard transfer.start(multi, rules) else {
      return transfer.fail(.connection(.noResources))
    }
    transfers[begun.number] = transfer
  }

  private func collectFinished() {
    var end = http_end()
    while let context = http_multi_finished(multi, &end) {
      let transfer = HTTPTransfer.of(context)
      transfers[transfer.number] = nil
      transfer.finish(end)
    }
  }

  private func endOverdue() {
    for (number, transfer) in transfers where transfer.isOverdue(at: clock.now) {
      end(number, .timedOut)
    }
  }

  private func end(_ number: UInt64, _ cause: ExchangeFailure.Cause) {
    transfers.removeValue(forKey: number)?.fail(cause)
  }
}

extension Duration {
  /// Rounded up, from 0 to the largest value for libcurl.
  var inMilliseconds: Int {
    let (seconds, attoseconds) = components
    guard seconds < 2_000_000 else { return 2_000_000_000 }
    return max(
      Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000), 0)
  }
}
