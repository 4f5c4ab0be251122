import SeedbankImaging
import SeedbankModel

/// Which revision of the texts and containers is written; another one makes every file out of date.
enum MetadataVersion {
  static let current = 1
}

/// What an exported file says of how it came to be, in the three forms of docs/export.md.
struct MetadataWords {
  private let generation: Generation
  private let image: CataloguedImage
  private let record: [UInt8]
  private let software: String

  /// - Parameter record: the canonical record, as JSON.
  init(_ item: ExportPlan.Item, record: [UInt8], software: String) {
    generation = item.generation
    image = item.image
    self.record = record
    self.software = software
  }

  /// What goes into the file itself.
  var copies: ProvenanceCopies {
    ProvenanceCopies(
      parameters: PlainParameters.text(generation, image, software: software), xmp: packet)
  }

  /// The whole of an `.xmp` file.
  var sidecar: [UInt8] { Array(packet.document.utf8) }

  private var packet: XMPPacket {
    let system = SystemName(generation.parameters.model)
    let prompt = generation.prompt.isEmpty ? nil : generation.prompt
    return XMPPacket(
      description: prompt, subjects: generation.tags, rating: generation.rating,
      creatorTool: software, createDate: generation.createdAt.description,
      digitalSourceType: isGenerated ? XMPPacket.trainedAlgorithmicMedia : nil,
      aiSystemUsed: system.name, aiSystemVersionUsed: system.version, aiPromptInformation: prompt,
      record: String(decoding: record, as: UTF8.self))
  }

  /// An imported image of which nothing is known may be a photograph; nothing is claimed of it.
  private var isGenerated: Bool {
    generation.gateway != nil || generation.parameters.model != nil
      || generation.parameters.seed != nil
  }
}

/// A model's name as the IPTC's two properties want it: `seedream` and `3-0-t2i-250415`.
struct SystemName: Hashable {
  let name: String?
  let version: String?

  init(_ model: String?) {
    guard let model else {
      name = nil
      version = nil
      return
    }
    let digit = model.indices.first { index in
      model[index].isNumber && index > model.startIndex && model[model.index(before: index)] == "-"
    }
    guard let digit else {
      name = model
      version = nil
      return
    }
    name = String(model[..<model.index(before: digit)])
    version = String(model[digit...])
  }
}
