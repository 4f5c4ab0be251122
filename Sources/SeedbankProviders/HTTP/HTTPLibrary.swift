import CCurl

/// The library that makes HTTP requests.
package enum HTTPLibrary {
  /// Returns the version of libcurl, or nil if it is missing or too old.
  package static func version() -> String? { http_library_version().map { String(cString: $0) } }
}
