import CCurl

/// The library that makes HTTP requests.
public enum HTTPLibrary {
  /// Returns the version of libcurl, or nil if it is missing or too old.
  public static func version() -> String? { http_library_version().map { String(cString: $0) } }
}
