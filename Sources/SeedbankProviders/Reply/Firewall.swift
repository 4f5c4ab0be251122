import SeedbankModel

/// Recognizes replies of firewalls in JSON.
enum Firewall {
  private static let marks = [
    "firewall", "cloudflare", "web application", "waf_", "waf-", "your ip", "ip address", "ray id",
    "captcha", "bot detect",
  ]

  static func isSource(of root: JSONView, _ message: GatewayMessage) -> Bool {
    let text = message.description.lowercased()
    return root["cloudflare_error"]?.bool == true || marks.contains { text.contains($0) }
  }
}
