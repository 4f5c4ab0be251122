/// Whether the disk has enough space for the result of a submit.
package enum DiskSpacePlan {
  /// - Parameters:
  ///   - free: bytes free on the library's disk.
  ///   - expected: the number of generations whose reply or images need space, with the next one.
  /// - Returns: why no request may be sent; nil if it may.
  package static func refusal(
    free: Int64, expected: Int, _ settings: SyncSettings
  ) -> StopReason? {
    let needed = settings.diskSpacePerSubmit * Int64(expected)
    return free >= needed ? nil : .noDiskSpace(free: free, needed: needed)
  }
}
