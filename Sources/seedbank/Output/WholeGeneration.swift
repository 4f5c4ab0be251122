import SeedbankModel
import SeedbankStorage
import SeedbankSync

/// One generation with its record, its timeline and its related generations.
struct WholeGeneration {
  let generation: Generation
  let timeline: [Event]
  /// Reproduced from it, oldest first.
  let children: [GenerationID]
  /// Generations that differ only in their seed, newest first.
  let siblings: [GenerationID]
  let folder: LibraryFolder
  /// What a repeated seed gives, for the text; nil if nothing is known.
  var seedEffect: SeedEffect?

  init(_ generation: Generation, in library: Library) throws {
    self.generation = generation
    timeline = try library.timeline(of: generation.id)
    children = try library.children(of: generation.id)
    siblings = try library.siblings(of: generation.id, limit: 20)
    folder = library.folder
  }

  /// The record with the additional members `timeline`, `children` and `siblings`, on one line.
  var json: String {
    var more = JSONWriter()
    more.object { object in
      object.timeline(timeline)
      Self.write("children", children, to: &object)
      Self.write("siblings", siblings, to: &object)
    }
    // Two objects become one: the end of the first and the start of the second go.
    let record = GenerationRecord(generation, folder: folder).json
    return record.dropLast() + "," + more.text.dropFirst() + "\n"
  }

  private static func write(_ name: String, _ ids: [GenerationID], to object: inout JSONWriter) {
    object.key(name)
    object.array { array in
      for id in ids { array.value(id.rawValue) }
    }
  }
}
