extension GatewayClient {
  /// Passes the bytes of the key to `body`, which must not return anything from which they can be
  /// computed.
  ///
  /// It serves to recognize an account again by a salted digest of its key.
  package func withKey<Value>(_ body: ([UInt8]) -> Value) -> Value { body(Array(key.value.utf8)) }
}
