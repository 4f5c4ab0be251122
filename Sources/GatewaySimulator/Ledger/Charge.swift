/// A submit that the gateway accepted, and that its owner pays for.
public struct Charge: Codable, Equatable, Sendable {
  /// From 1, in the order of acceptance.
  public var number: Int
  /// Seconds since 1970.
  public var time: Double
  /// The prompt of the request.
  public var prompt: String
  /// The seed of the image; drawn by the gateway where the request gave none, or -1.
  public var seed: Int
  /// The model of the request.
  public var model: String
  /// `WxH` in pixels.
  public var size: String
  /// The same for requests that ask for the same image in the same way.
  public var intent: String
  /// The job's id, whether or not the reply told it.
  public var job: String
  /// The request's body, as it came.
  public var body: String
  /// What it was charged for.
  var pictures: [Picture]
  /// Addresses that the reply gave, with their expiry; kept so that they outlive the process.
  var files: [IssuedFile]
}

extension Charge: CustomStringConvertible {
  /// The number, time and body of the charge.
  public var description: String { "charge \(number) at \(time): \(body)" }
}
