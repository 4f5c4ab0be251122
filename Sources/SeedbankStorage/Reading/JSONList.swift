/// Integers as a JSON array for `json_each`: one bound value for any number of integers.
enum JSONList {
  static func text(_ numbers: some Collection<Int64>) -> String {
    "[" + numbers.map(String.init).joined(separator: ",") + "]"
  }
}
