import Testing

@testable import SeedbankGallery

@Suite("Subgraphs of ComfyUI that are used many times")
struct ComfyRepetitionTests {
  /// What every use of the subgraph repeats.
  enum Part: CaseIterable {
    case borderInputs, links, widgets

    func definition(count: Int64) -> [String: JSONValue] {
      switch self {
      case .borderInputs:
        return ["inputs": many(count) { .object(["name": .string("i\($0)")]) }]
      case .links:
        return [
          "links": many(count) { link in
            .array([link, 2, 0, 3, 0].map(JSONValue.integer) + [JSONValue.string("MODEL")])
          }
        ]
      case .widgets:
        let inputs = many(count) { number in
          let name = JSONValue.string("w\(number)")
          return .object(["name": name, "widget": .object(["name": name])])
        }
        let node: [String: JSONValue] = [
          "id": .integer(1), "type": .string("Mystery"), "inputs": inputs,
        ]
        return ["nodes": .array([.object(node)])]
      }
    }

    private func many(_ count: Int64, _ value: (Int64) -> JSONValue) -> JSONValue {
      .array((0..<count).map(value))
    }
  }

  private func workflow(
    _ definition: [String: JSONValue], uses: Int64, id: String = ""
  ) -> JSONValue {
    let subgraph = definition.merging(["id": .string("s")]) { $1 }
    let nodes = (0..<uses).map { number in
      JSONValue.object(["id": .string("\(id)\(number)"), "type": .string("s")])
    }
    return .object([
      "nodes": .array(nodes), "links": .array([]),
      "definitions": .object(["subgraphs": .array([.object(subgraph)])]),
    ])
  }

  @Test(
    "a large subgraph can be used a few times, but not hundreds of times", arguments: Part.allCases)
  func uses(part: Part) {
    let definition = part.definition(count: 4_000)
    #expect(ComfyWorkflow.graph(workflow(definition, uses: 5)) != nil)
    #expect(ComfyWorkflow.graph(workflow(definition, uses: 500)) == nil)
  }

  @Test("a long id is not repeated in every node of a subgraph")
  func longID() {
    let nodes = (0..<500).map { number in
      JSONValue.object(["id": .integer(number), "type": .string("Mystery")])
    }
    let definition = ["nodes": JSONValue.array(nodes)]
    #expect(ComfyWorkflow.graph(workflow(definition, uses: 5, id: "9")) != nil)
    let long = String(repeating: "9", count: 10_000)
    #expect(ComfyWorkflow.graph(workflow(definition, uses: 5, id: long)) == nil)
  }
}
