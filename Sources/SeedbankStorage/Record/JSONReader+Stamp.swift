import SeedbankModel

extension JSONReader {
  /// Reads the time of an edit, or of another event that is later than the one before it by at
  /// least a millisecond, whatever the clock says.
  ///
  /// Such a time needs room for later ones that can still be written. No clock gives a time on the
  /// last day that can be written, so such a time is read as one almost a year earlier, which is the
  /// same one in all libraries.
  mutating func stamp(_ key: some Key) throws(RecordError) -> Timestamp {
    let time = try time(key)
    let hasRoom = time.milliseconds <= Timestamp.writable.upperBound - 86_400_000
    return hasRoom ? time : .lateStamp
  }
}

extension Timestamp {
  /// The start of the first day of the year 9999.
  static let lateStamp = Timestamp(milliseconds: 253_370_764_800_000)
}
