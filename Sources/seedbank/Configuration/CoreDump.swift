import Platform

/// Controls core dumps.
enum CoreDump {
  /// Disables core dumps, because the dump of a process would contain the key.
  static func forbid() {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
  }
}
