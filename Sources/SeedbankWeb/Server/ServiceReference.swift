import Synchronization

/// The service.
///
/// It exists when the port is known, which its rules need.
final class ServiceReference: Sendable {
  private let value = Mutex<WebService?>(nil)

  var service: WebService? { value.withLock(\.self) }

  func set(_ service: WebService) { value.withLock { $0 = service } }
}
