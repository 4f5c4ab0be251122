extension Int64 {
  /// The sum of two sizes in bytes, or the largest number.
  ///
  /// Listings, records of other libraries and files with holes can state any size.
  package func addingSize(_ size: Int64) -> Int64 {
    let (sum, overflows) = addingReportingOverflow(size)
    return overflows ? .max : sum
  }
}
