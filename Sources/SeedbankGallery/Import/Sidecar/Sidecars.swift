import FilePaths
import SeedbankImaging
import SeedbankStorage

/// The metadata in the sidecars of an image.
struct Sidecars {
  private let path: FilePath
  private let stem: FilePath
  /// XMP packets: `NAME.EXT.xmp` before `NAME.xmp`, which several files can share.
  private let packets: [(name: FilePath, text: String)]

  init(of path: FilePath) {
    self.path = path
    stem = SidecarFile.stem(of: path)
    packets = (stem == path ? [path] : [path, stem]).compactMap(Self.packet)
  }

  private static func packet(beside path: FilePath) -> (name: FilePath, text: String)? {
    for name in SidecarFile.names(path, ".xmp") {
      if let text = SidecarFile.text(name, limit: SidecarFile.longestPacket) { return (name, text) }
    }
    return nil
  }

  /// The record of the image, or that of its sidecars if no tool is named in the image.
  func completing(_ own: ForeignRecord?, _ logs: FooocusLogs) -> ForeignRecord? {
    if let own, own.isToolText { return own }
    guard let (name, found) = record(logs) else { return own }
    var record = found
    record.complete(from: own)
    record.set(ForeignRecord.sidecar, .string(name.name.text))
    return record
  }

  /// The personal metadata of XMP sidecars, with missing values from the image.
  func completing(
    _ own: PersonalMetadata?, beside record: ForeignRecord?
  ) -> PersonalMetadata {
    var all = packets.map { PersonalMetadata(xmp: $0.text) }
      .reduce(PersonalMetadata()) { $0.completed(by: $1) }
    if let own { all = all.completed(by: own) }
    if all.note(beside: record) == nil, let caption = caption(beside: record) {
      all.captions.append(caption)
    }
    return all
  }

  /// The record of a tool beside an image: JSON, then text, XMP and the log of the folder.
  private func record(_ logs: FooocusLogs) -> (FilePath, ForeignRecord)? {
    for name in names([".swarm.json", ".json", ".metadata.json", ".txt"]) {
      if let text = SidecarFile.text(name, limit: SidecarFile.longestText),
        let record = tool(ImageTexts(userComment: text))
      {
        return (name, record)
      }
    }
    for packet in packets {
      if let record = tool(ImageTexts(xmpSidecar: packet.text)) { return (packet.name, record) }
    }
    return logs.record(of: path).map { (FooocusLog.fileName, $0) }
  }

  /// The names of sidecars with these endings, in this order.
  private func names(_ endings: [String]) -> [FilePath] {
    endings.flatMap { SidecarFile.names(stem, $0) + SidecarFile.names(path, $0) }
  }

  /// A text file beside the image that no tool wrote, such as a caption for training.
  private func caption(beside record: ForeignRecord?) -> String? {
    names([".txt", ".caption"]).lazy
      .compactMap { SidecarFile.text($0, limit: PersonalMetadata.longestNote) }
      .first {
        !$0.trimmingWhitespace.isEmpty && !$0.contains("\0") && record?.hasToolText($0) != true
      }
  }

  /// A record with a prompt or a tool.
  ///
  /// Other texts beside an image are not used.
  private func tool(_ texts: ImageTexts) -> ForeignRecord? {
    guard let record = ForeignRecord.read(texts) else { return nil }
    return record.isAnonymous && record.prompt.isEmpty || record.tool == "caption" ? nil : record
  }
}
