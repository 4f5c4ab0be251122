import Foundation
import Synchronization

@testable import SeedbankProviders

/// A key that must not be found anywhere.
let secret = "k-5ecret-0123456789abcdef"

/// Runs `body` with a client of a gateway, and shuts the client down afterwards.
@discardableResult
func withClient<Result>(
  _ base: String, _ settings: GatewaySettings = GatewaySettings(), clock: ManualClock? = nil,
  service: any ImageService = Pixazo(),
  _ work: (GatewayClient) async throws -> Result
) async throws -> Result {
  let now = { @Sendable in ReplyFixture.arrival }
  let (address, key) = (try GatewayAddress(base), try APIKey(secret))
  let client =
    if let clock {
      GatewayClient(
        service: service, address: address, key: key, settings: settings, now: now,
        uptime: { clock.read() })
    } else {
      GatewayClient(
        service: service, address: address, key: key, settings: settings, now: now)
    }
  do {
    let result = try await work(client)
    await client.shutdown()
    return result
  } catch {
    await client.shutdown()
    throw error
  }
}

/// Collects the downloaded bytes in memory, after the bytes of earlier downloads.
final class MemorySink: DownloadSink {
  private let state: Mutex<(bytes: [UInt8], start: DownloadStart?)>

  init(_ bytes: [UInt8] = []) {
    state = Mutex((bytes, nil))
  }

  var text: String { state.withLock { String(decoding: $0.bytes, as: UTF8.self) } }
  var start: DownloadStart? { state.withLock { $0.start } }

  func begin(_ start: DownloadStart) async throws {
    state.withLock {
      $0.start = start
      $0.bytes.removeSubrange(Int(start.offset)...)
    }
  }

  func write(_ chunk: [UInt8]) async throws {
    state.withLock { $0.bytes += chunk }
  }
}
