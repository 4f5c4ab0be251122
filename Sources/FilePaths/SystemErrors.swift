import Platform

/// The system's sentence for an error number, such as "No such file or directory" for `ENOENT`.
package func systemErrorText(_ code: Int32) -> String { String(cString: strerror(code)) }
