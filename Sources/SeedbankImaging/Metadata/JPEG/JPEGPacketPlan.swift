/// How Seedbank's properties are divided between the packet of a JPEG and its extended part.
struct JPEGPacketPlan {
  let packet: String
  /// Name and text.
  let extended: (name: String, text: String)?

  /// All into the packet if they fit.
  ///
  /// Otherwise the long texts go into the extended part. An extended part of another program is
  /// kept.
  init(
    _ new: XMPPacket, main: String?, extended old: String?
  ) throws(MetadataError) {
    let names = new.names.union([.hasExtendedXMP])
    // The old extended part without earlier texts of Seedbank.
    let foreign = try old.flatMap { (old) throws(MetadataError) -> String? in
      let cleared = try Self.removing(names, old)
      return XMPMerge.holdsMore(than: [], in: cleared) ? cleared : nil
    }
    let name = foreign.map { MD5.name(of: Array($0.utf8)) }
    let whole = try Self.merge(new, extended: name, into: main)
    if whole.utf8.count <= ExtendedXMP.packetLimit {
      packet = whole
      extended = foreign.map { (name ?? "", $0) }
      return
    }
    let text = try Self.merge(new.longPart, into: foreign ?? Self.emptyPart)
    let longName = MD5.name(of: Array(text.utf8))
    // The long properties must not stay in the packet, in which they have no block now.
    let short = try main.map { (main) throws(MetadataError) in try Self.removing(names, main) }
    packet = try Self.merge(new.shortPart, extended: longName, into: short)
    extended = (longName, text)
    guard packet.utf8.count <= ExtendedXMP.packetLimit else {
      throw .xmpTooLarge(bytes: packet.utf8.count, limit: ExtendedXMP.packetLimit)
    }
  }

  /// Without the packet wrapper, as the standard requires.
  private static let emptyPart = """
    <x:xmpmeta xmlns:x="adobe:ns:meta/">
    <rdf:RDF xmlns:rdf="\(XMPNamespace.rdf)">
    </rdf:RDF>
    </x:xmpmeta>
    """

  private static func merge(
    _ packet: XMPPacket, extended: String? = nil, into foreign: String?
  ) throws(MetadataError) -> String {
    guard let merged = XMPMerge.merge(packet, extended: extended, into: foreign) else {
      throw .unreadableXMP(.jpeg)
    }
    return merged
  }

  private static func removing(
    _ names: Set<XMLNode.Name>, _ packet: String
  ) throws(MetadataError) -> String {
    guard let cleared = XMPMerge.removing(names, from: packet) else {
      throw .unreadableXMP(.jpeg)
    }
    return cleared
  }
}
