/// The C library of the system under one name, so that only this file depends on which one it is.
///
/// Only Glibc is tested: docs/release.md, "Other systems".
#if canImport(Glibc)
  @_exported public import Glibc
#elseif canImport(Musl)
  @_exported public import Musl
#elseif canImport(Darwin)
  @_exported public import Darwin
#endif
