/// A row of a table: the operation, and the measured value.
typealias Figure = (what: String, measured: String)
