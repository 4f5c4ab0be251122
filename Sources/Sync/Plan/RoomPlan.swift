/// Whether this machine can take in what a submit would bring.
public enum RoomPlan {
  /// - Parameters:
  ///   - free: bytes free on the library's disk.
  ///   - underWay: submits that are out already.
  /// - Returns: why nothing may be sent, or nil where it may.
  public static func refusal(
    free: Int64, underWay: Int, _ settings: SyncSettings
  ) -> StopReason? {
    let needed = settings.roomPerSubmit * Int64(underWay + 1)
    return free >= needed ? nil : .noRoom(free: free, needed: needed)
  }
}
