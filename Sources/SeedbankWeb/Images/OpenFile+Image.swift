import SeedbankImaging
import SeedbankModel

extension OpenFile {
  /// Reads the file of an image that is decoded.
  ///
  /// What is made of the image is kept under its digest. It would stay wrong after a damaged or replaced file is
  /// restored, so other bytes are refused.
  /// - Throws: `APIError.undecodable` if the file is too large, or `.imageDamaged`.
  func image(_ digest: Digest) throws(APIError) -> [UInt8] {
    guard size <= Int64(DecodeLimits.standard.bytes) else { throw .undecodable }
    let bytes = read(at: 0, count: Int(size))
    guard Digest(of: bytes) == digest else { throw .imageDamaged }
    return bytes
  }
}
