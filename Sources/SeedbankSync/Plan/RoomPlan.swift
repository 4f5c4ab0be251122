/// Whether this machine can take in what a submit would bring.
public enum RoomPlan {
  /// - Parameters:
  ///   - free: bytes free on the library's disk.
  ///   - expected: generations whose reply or images must find room, the next one included.
  /// - Returns: why nothing may be sent, or nil where it may.
  public static func refusal(
    free: Int64, expected: Int, _ settings: SyncSettings
  ) -> StopReason? {
    let needed = settings.roomPerSubmit * Int64(expected)
    return free >= needed ? nil : .noRoom(free: free, needed: needed)
  }
}
