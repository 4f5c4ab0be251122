/// A submit that the gateway accepted and charged.
package struct Charge: Codable, Equatable, Sendable {
  /// From 1, in the order of acceptance.
  package var number: Int
  /// Seconds since 1970.
  package var time: Double
  /// The prompt of the request.
  package var prompt: String
  /// The seed of the image.
  ///
  /// If the request had none or -1, the gateway chose it.
  package var seed: Int
  /// The model of the request.
  package var model: String
  /// `WxH` in pixels.
  package var size: String
  /// Equal for equal requests.
  package var intent: String
  /// The job's id, also if the reply did not contain it.
  package var job: String
  /// The unchanged body of the request.
  package var body: String
  /// The service that was called; nil in ledgers of earlier versions, which had one.
  public var service: String?
  /// The charged request.
  var pictures: [Picture]
  /// The addresses in the reply with their expiry.
  ///
  /// They are stored, so that they still work after a restart.
  var files: [IssuedFile]
}

extension Charge: CustomStringConvertible {
  /// The number, time and body of the charge.
  package var description: String { "charge \(number) at \(time): \(body)" }
}
