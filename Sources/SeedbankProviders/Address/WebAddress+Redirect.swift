extension WebAddress {
  /// The target of a `Location` header, which is absolute or relative to this address.
  func following(_ location: String) throws(WebAddressError) -> WebAddress {
    if location.hasPrefix("//") { return try WebAddress("\(scheme.rawValue):\(location)") }
    if let scheme = location.firstIndex(of: ":"),
      location[..<scheme].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "+") })
    {
      return try WebAddress(location)
    }
    let path = target.prefix { $0 != "?" }
    let folder = path[...(path.lastIndex(of: "/") ?? path.startIndex)]
    return switch location.first {
    case "/": try WebAddress(origin.dropLast() + location)
    case "?": try WebAddress(origin.dropLast() + path + location)
    default: try WebAddress(origin.dropLast() + folder + location)
    }
  }
}
