/// Several JavaScript modules in one.
///
/// A page on disk cannot import modules, and a browser takes longer for thirty small files than for their bytes.
package enum ModuleBundle {
  /// Returns the modules without imports, and with exports as plain declarations.
  ///
  /// Each name may be declared only once in all modules.
  ///
  /// - Parameter modules: the text of all modules, in UTF-8; one that runs something at its top level comes after those that
  ///   it needs.
  package static func script(joining modules: [UInt8]) -> [UInt8] {
    let newline = UInt8(ascii: "\n")
    var script: [UInt8] = []
    script.reserveCapacity(modules.count)
    var isInImport = false
    for line in modules.split(separator: newline, omittingEmptySubsequences: false) {
      if line.starts(with: "import ".utf8) { isInImport = true }
      if isInImport {
        isInImport = line.last != UInt8(ascii: ";")
        continue
      }
      let export = "export ".utf8
      script += line.starts(with: export) ? line.dropFirst(export.count) : line
      script.append(newline)
    }
    return script
  }
}
