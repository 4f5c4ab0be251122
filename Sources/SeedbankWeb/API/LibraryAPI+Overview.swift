import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// The rights of the server, for its page.
struct ServerAbilities: Sendable {
  let version: String
  let isReadOnly: Bool
  let generation: GenerationAbilities?
}

extension LibraryAPI {
  /// The data beside the grid: counts, collections, saved searches, and rights.
  func overview(_ abilities: ServerAbilities, to writer: inout JSONWriter) throws {
    let counts = try library.generationCounts()
    let collections = try library.collections()
    let saved = try library.savedSearches()
    writer.object { object in
      object.member("count", counts.active)
      object.member("trashed", counts.trashed)
      object.key("collections")
      object.array { array in
        for collection in collections {
          array.object {
            $0.member("name", collection.name)
            $0.member("count", collection.count)
          }
        }
      }
      object.key("saved")
      object.array { array in
        for search in saved {
          array.object {
            $0.member("name", search.name)
            $0.member("query", search.query)
          }
        }
      }
      object.member("read_only", abilities.isReadOnly)
      object.member("allow_generate", abilities.generation != nil)
      object.key("generate")
      if let generation = abilities.generation {
        generation.write(to: &object)
      } else {
        object.null()
      }
      object.member("version", abilities.version)
    }
  }
}
