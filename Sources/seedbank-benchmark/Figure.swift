/// A line of a table: what was measured, and what came out.
typealias Figure = (what: String, measured: String)
