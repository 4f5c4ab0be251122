extension ImageHeader {
  /// GIF89a specification, sections 17 and 18.
  static func gif(_ bytes: UnsafeRawBufferPointer) throws(ImageError) -> ImageHeader {
    guard let width = bytes.littleEndian(at: 6, bytes: 2),
      let height = bytes.littleEndian(at: 8, bytes: 2)
    else { throw .truncated(.gif) }
    guard width > 0, height > 0 else {
      throw .damaged(.gif, detail: "the size is not possible")
    }
    return ImageHeader(
      format: .gif, width: width, height: height, hasAlpha: true, bitDepth: 8,
      orientation: .upright, hasColorProfile: false,
      isAnimated: GIFBlocks.haveSecondImage(bytes))
  }
}
