/// The XML namespaces that are written or read.
enum XMPNamespace {
  static let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  static let dublinCore = "http://purl.org/dc/elements/1.1/"
  static let xmp = "http://ns.adobe.com/xap/1.0/"
  static let note = "http://ns.adobe.com/xmp/note/"
  /// IPTC Photo Metadata Standard, extension schema.
  static let iptcExtension = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
  /// Seedbank's own namespace.
  ///
  /// The name is only an identifier. `.example` is reserved (RFC 2606), so no one can register the
  /// domain.
  static let seedbank = "http://ns.seedbank.example/1.0/"

  /// The usual prefixes of the written ones, in the order of their declaration.
  static let prefixes: [(namespace: String, prefix: String)] = [
    (dublinCore, "dc"), (xmp, "xmp"), (iptcExtension, "Iptc4xmpExt"), (note, "xmpNote"),
    (seedbank, "seedbank"),
  ]
}

extension XMLNode.Name {
  static let rdfRoot = XMLNode.Name(namespace: XMPNamespace.rdf, local: "RDF")
  static let rdfDescription = XMLNode.Name(namespace: XMPNamespace.rdf, local: "Description")
  static let rdfItem = XMLNode.Name(namespace: XMPNamespace.rdf, local: "li")
  static let description = XMLNode.Name(namespace: XMPNamespace.dublinCore, local: "description")
  static let subject = XMLNode.Name(namespace: XMPNamespace.dublinCore, local: "subject")
  static let rating = XMLNode.Name(namespace: XMPNamespace.xmp, local: "Rating")
  static let creatorTool = XMLNode.Name(namespace: XMPNamespace.xmp, local: "CreatorTool")
  static let createDate = XMLNode.Name(namespace: XMPNamespace.xmp, local: "CreateDate")
  static let digitalSourceType = iptc("DigitalSourceType")
  static let aiSystemUsed = iptc("AISystemUsed")
  static let aiSystemVersionUsed = iptc("AISystemVersionUsed")
  static let aiPromptInformation = iptc("AIPromptInformation")
  static let record = XMLNode.Name(namespace: XMPNamespace.seedbank, local: "record")
  static let hasExtendedXMP = XMLNode.Name(
    namespace: XMPNamespace.note, local: "HasExtendedXMP")

  private static func iptc(_ local: String) -> XMLNode.Name {
    XMLNode.Name(namespace: XMPNamespace.iptcExtension, local: local)
  }
}
