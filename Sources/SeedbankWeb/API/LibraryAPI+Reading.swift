import SeedbankModel
import SeedbankQuery
import SeedbankStorage

extension LibraryAPI {
  /// One page of records in the order of the search.
  func page(
    _ text: String, sort: String?, limit: Int, after: Int?, _ colors: PlaceholderColors?,
    to writer: inout JSONWriter
  ) throws {
    let (query, notes) = try query(text)
    let page = try library.search(
      SearchRequest(
        query, order: try SearchOrder(parameter: sort), limit: limit,
        after: after.map { GenerationID(Int64($0)) }, at: local))
    let count = try library.count(query, at: local, cap: Self.countCap)
    writer.object { object in
      write(page.generations, colors, to: &object)
      object.member("count", min(count, Self.countCap))
      object.member("count_is_capped", count > Self.countCap)
      object.member("next", page.next?.rawValue)
      writeNotes(notes, to: &object)
    }
  }

  /// The records of these generations in this order; those that do not exist are left out.
  func records(
    _ ids: [GenerationID], _ colors: PlaceholderColors?, to writer: inout JSONWriter
  ) throws {
    let generations = try library.generations(ids)
    writer.object { object in
      write(generations, colors, to: &object)
      object.member("count", generations.count)
      object.member("count_is_capped", false)
      object.key("next")
      object.null()
    }
  }

  private func write(
    _ generations: [Generation], _ colors: PlaceholderColors?, to object: inout JSONWriter
  ) {
    object.key("generations")
    object.array { array in
      for generation in generations { write(generation, to: &array) }
    }
    guard let colors else { return }
    object.key("placeholders")
    object.array { array in
      for generation in generations {
        let color = generation.images.first.flatMap {
          colors.color(of: generation.id, showing: $0.digest)
        }
        if let color { array.value(color.hex) } else { array.null() }
      }
    }
  }

  /// One record with its timeline and its relatives.
  func record(_ id: GenerationID, to writer: inout JSONWriter) throws {
    guard let generation = try library.generation(id) else {
      throw LibraryError.noSuchGeneration(id)
    }
    let timeline = try library.timeline(of: id)
    let children = try library.children(of: id)
    let siblings = try library.siblings(of: id, limit: 20)
    var record = JSONWriter()
    write(generation, to: &record)
    var more = JSONWriter()
    more.object { object in
      object.timeline(timeline)
      object.member("parents", ids: [generation.parent].compactMap(\.self))
      object.member("children", ids: children)
      object.member("siblings", ids: siblings)
    }
    // Joins two objects: the end of the first and the start of the second are removed.
    writer.raw(record.text.dropLast() + "," + more.text.dropFirst())
  }

  func facets(_ text: String, limit: Int, to writer: inout JSONWriter) throws {
    let (query, notes) = try query(text)
    let facets = try library.facets(query, at: local, limit: limit)
    let distributions = try library.distributions(query, at: local)
    writer.object { object in
      object.member("count", facets.total)
      object.member("tags", counts: facets.tags)
      object.member("models", counts: facets.models)
      object.member("sizes", counts: facets.sizes)
      object.member("ratings", counts: distributions.ratings)
      object.member("months", counts: distributions.months)
      writeNotes(notes, to: &object)
    }
  }

  func dates(_ text: String, sort: String?, to writer: inout JSONWriter) throws {
    let runs = try library.months(of: request(text, sort: sort))
    writer.array { array in
      for run in runs {
        array.object {
          $0.member("month", run.month)
          $0.member("index", run.index)
          $0.member("count", run.count)
        }
      }
    }
  }

  func completion(_ text: String, cursor: Int, to writer: inout JSONWriter) throws {
    let completion = try library.completion(of: text, cursor: cursor)
    writer.object { object in
      object.member("from", completion.range.lowerBound)
      object.member("to", completion.range.upperBound)
      object.key("suggestions")
      object.array { array in
        for suggestion in completion.suggestions {
          array.object {
            $0.member("insert", suggestion.insert)
            $0.member("label", suggestion.label)
            if let count = suggestion.count { $0.member("count", count) }
          }
        }
      }
    }
  }
}
