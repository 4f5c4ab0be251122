import Glibc

/// What the system keeps of a process that crashes.
enum CoreDump {
  /// From now on it keeps nothing: memory that holds a key would become a file that holds it.
  static func forbid() {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
  }
}
