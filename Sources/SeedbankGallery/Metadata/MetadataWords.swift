import SeedbankImaging
import SeedbankModel

/// The version of the written metadata.
///
/// With another version, all files are out of date.
enum MetadataVersion {
  static let current = 1
}

/// The metadata of an exported file, in the three forms of docs/export.md.
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

  /// The metadata in the file.
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

  /// An imported image without metadata may be a photograph, so it is not marked as generated.
  private var isGenerated: Bool {
    generation.gateway != nil || generation.parameters.model != nil
      || generation.parameters.seed != nil
  }
}

/// The name of a model for the two IPTC properties: `seedream` and `3-0-t2i-250415`.
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
