import FilePaths
import SeedbankImaging

extension ImportedImage {
  /// The record and the personal metadata of the file's sidecars.
  ///
  /// They are read again, because the file may have been recognized by its bytes.
  ///
  /// - Parameters:
  ///   - logs: the logs of folders of Fooocus.
  ///   - includingFile: whether values that the sidecars do not have come from the image file.
  func readSidecars(
    _ logs: FooocusLogs, includingFile: Bool
  ) -> (record: ForeignRecord?, personal: PersonalMetadata) {
    let sidecars = Sidecars(of: path)
    let document = try? MetadataDocument(bytes)
    let record = sidecars.completing(Self.foreign(document, nil, path.name.text), logs)
    let own = includingFile ? document.map { PersonalMetadata($0.metadata) } : nil
    return (record, sidecars.completing(own, beside: record))
  }

  /// The record of another file with the same bytes.
  func record(of path: FilePath, _ logs: FooocusLogs) -> ForeignRecord? {
    let own = Self.foreign(try? MetadataDocument(bytes), nil, path.name.text)
    return Sidecars(of: path).completing(own, logs)
  }
}
