internal import CNettle

/// MD5 (RFC 1321).
///
/// It is not used for security: the name of the extended part of an XMP packet is an MD5 digest
/// (XMP specification part 3, 1.1.3.1).
enum MD5 {
  /// 32 upper-case hexadecimal digits.
  static func name(of message: [UInt8]) -> String {
    let digits = Array("0123456789ABCDEF")
    return String(digest(of: message).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  private static func digest(of message: [UInt8]) -> [UInt8] {
    let size = 16
    var context = md5_ctx()
    nettle_md5_init(&context)
    nettle_md5_update(&context, message.count, message)
    return Array(unsafeUninitializedCapacity: size) { digest, count in
      nettle_md5_digest(&context, size, digest.baseAddress)
      count = size
    }
  }
}
