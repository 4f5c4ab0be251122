import FoundationEssentials
import GatewaySimulator

/// Parses the command line.
struct Options {
  var port = 0
  var script = Script()
  var key = SimulatedGateway.defaultKey
  var ledgerPath: String?
  var latency: Double = 0
  var readyPath: String?
  var help = false

  static let usage = """
    usage: gateway-simulator [--port N] [--script FILE] [--key KEY] [--ledger FILE]
                             [--latency SECONDS] [--ready-file FILE]

    Simulate the image gateway on this computer. It needs no API key and costs nothing.

      --port N           listen on this port of 127.0.0.1 (default: 0, any free port)
      --script FILE      simulate the failures in this file (JSON; see docs/simulator.md)
      --key KEY          accept this API key (default: simulator-key)
      --ledger FILE      append each charge to this file, and read the file at the start
      --latency SECONDS  duration of each submit (default: 0)
      --ready-file FILE  write the address to this file when connections are accepted
      --help             show this help

    GET /__ledger returns the requests and charges.
    """

  init(_ arguments: [String]) throws(OptionError) {
    var rest = arguments[...]
    while let option = rest.popFirst() {
      if option == "--help" || option == "-h" {
        help = true
        continue
      }
      guard Self.names.contains(option) else { throw .unknown(option) }
      guard let value = rest.popFirst() else { throw .missingValue(option) }
      switch option {
      case "--port":
        guard let port = Int(value), (0...65_535).contains(port) else {
          throw .badValue(option, value, "0 to 65535")
        }
        self.port = port
      case "--latency":
        guard let seconds = Double(value), (0...86_400).contains(seconds) else {
          throw .badValue(option, value, "0 to 86400 seconds")
        }
        latency = seconds
      case "--script": script = try Self.script(value)
      case "--key": key = value
      case "--ledger": ledgerPath = value
      default: readyPath = value
      }
    }
  }

  private static let names: Set = [
    "--port", "--script", "--key", "--ledger", "--latency", "--ready-file",
  ]

  private static func script(_ path: String) throws(OptionError) -> Script {
    guard let bytes = try? Data(contentsOf: URL(filePath: path)) else { throw .noFile(path) }
    do { return try Script(json: bytes) } catch { throw .badScript(path, error) }
  }
}

/// The error of a command line.
enum OptionError: Error {
  case unknown(String)
  case missingValue(String)
  case badValue(String, String, String)
  case noFile(String)
  case badScript(String, ScriptError)

  var sentence: String {
    switch self {
    case .unknown(let option): "the option \(option) does not exist; --help lists the options"
    case .missingValue(let option): "\(option) needs a value"
    case .badValue(let option, let value, let range): "\(option) takes \(range), not \(value)"
    case .noFile(let path): "cannot read \(path)"
    case .badScript(let path, .unreadable(let reason)): "\(path) is not a valid script: \(reason)"
    case .badScript(let path, .unknownKeys(let keys)):
      "\(path) has unknown keys: \(keys.joined(separator: ", "))"
    }
  }

  /// The exit status of sysexits.
  var status: Int32 {
    switch self {
    case .unknown, .missingValue, .badValue: 64
    case .noFile: 66
    case .badScript: 65
    }
  }
}
