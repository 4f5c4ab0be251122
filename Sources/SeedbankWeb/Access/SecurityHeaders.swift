/// The header fields of every response, also of errors.
enum SecurityHeaders {
  static let lines = [
    "Content-Security-Policy: " + policy,
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: no-referrer",
    "Cross-Origin-Resource-Policy: same-origin",
    "Cross-Origin-Opener-Policy: same-origin",
    "X-Frame-Options: DENY",
  ]

  /// Everything is loaded from this server.
  ///
  /// Scripts and styles are files, never inline.
  private static let policy = [
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'",
    "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
  ].joined(separator: "; ")
}
