import Foundation
import Testing

@testable import SeedbankModel
@testable import SeedbankRemote
@testable import SeedbankStorage

@Suite("DuckDB reads what Seedbank writes") struct QueryEngineTests {
  @Test("the queries in docs/remotes.md answer from a dump and from the segments of a remote")
  func queries() async throws {
    let folder = try TemporaryFolder()
    let store = FolderStore(folder.path.appending("remote"))
    let ana = try Replica()
    let ids = try ana.plant(["cat", "dog", "owl"], seed: 1)
    try ana.edit(.tag(add: [try #require(TagName("a"))], remove: []), ids)
    try ana.edit(.rate(2), ids)
    try await ana.push(store)
    try ana.edit(.rate(5), [ids[0]])
    try await ana.push(store)
    var dump: [UInt8] = []
    try ana.library().dump { dump += $0 }
    let records = try folder.file("records.jsonl", dump)
    let page = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../docs/remotes.md").standardized
    let program = """
      import json, re, sys, duckdb
      page, records, remote = sys.argv[1:]
      for query in re.findall(r'duckdb -c "(.*?)"\\n', open(page).read(), re.S):
          query = query.replace("records.jsonl", records).replace("/media/nas/seedbank", remote)
          print(json.dumps(sorted(map(str, duckdb.sql(query).fetchall()))))
      """
    let output = try await PythonServer.output(
      of: program, [page.path, records.text, store.root.text])
    let lines = output.split(separator: "\n")
    #expect(lines.count == 2, "\(output)")
    #expect(lines.first == #"["(None, 3, 3.0)"]"#, "\(output)")
    #expect(
      lines.last == #"["('cat', None, 5)", "('dog', None, 2)", "('owl', None, 2)"]"#, "\(output)")
  }
}
