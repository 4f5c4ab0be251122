import Dispatch
import FoundationEssentials
import GatewaySimulator
import Platform

func say(_ line: String, to descriptor: CInt) {
  let bytes = Array("\(line)\n".utf8)
  _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
}

func stop(_ sentence: String, _ status: Int32) -> Never {
  say("gateway-simulator: \(sentence)", to: 2)
  exit(status)
}

/// Waits for SIGINT or SIGTERM.
struct EndSignals {
  private let stream: AsyncStream<Never>
  private let sources: [any DispatchSourceSignal]

  init() {
    let (stream, teller) = AsyncStream.makeStream(of: Never.self)
    self.stream = stream
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler { teller.finish() }
      source.resume()
      return source
    }
  }

  func wait() async {
    for await _ in stream {}
    for source in sources { source.cancel() }
  }
}

do {
  let options = try Options(Array(CommandLine.arguments.dropFirst()))
  if options.help {
    say(Options.usage, to: 1)
    exit(0)
  }
  let signals = EndSignals()
  let gateway = try await SimulatedGateway.start(
    script: options.script, port: options.port, key: options.key, latency: options.latency,
    ledgerPath: options.ledgerPath)
  if let path = options.readyPath {
    try Data("\(gateway.baseURL)\n".utf8).write(to: URL(filePath: path), options: .atomic)
  }
  // A reader of this line can rely on the file.
  say("listening on \(gateway.baseURL)", to: 1)
  await signals.wait()
  await gateway.stop()
} catch let error as OptionError {
  stop(error.sentence, error.status)
} catch SimulatorError.cannotListen(let port, let reason) {
  stop("cannot listen on port \(port): \(reason)", 69)
} catch SimulatorError.ledgerFile(let path, let reason) {
  stop("cannot write the ledger \(path): \(reason)", 74)
} catch {
  stop("\(error)", 74)
}
