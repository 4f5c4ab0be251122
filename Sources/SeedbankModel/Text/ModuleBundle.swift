/// Several JavaScript modules in one.
///
/// A page on disk cannot import modules, and a browser takes longer for thirty small files than for their bytes.
package enum ModuleBundle {
  /// Returns the modules without imports, and with exports as plain declarations.
  ///
  /// Each name may be declared only once in all modules.
  ///
  /// - Parameter modules: the text of all modules; one that runs something at its top level comes after those that
  ///   it needs.
  package static func script(joining modules: String) -> String {
    var isInImport = false
    let lines = modules.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      if line.hasPrefix("import ") { isInImport = true }
      guard isInImport else { return true }
      isInImport = !line.hasSuffix(";")
      return false
    }
    return lines.map { $0.hasPrefix("export ") ? $0.dropFirst(7) : $0 }.joined(separator: "\n")
  }
}
