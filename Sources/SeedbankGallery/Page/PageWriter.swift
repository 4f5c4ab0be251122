import FilePaths
import SeedbankModel

/// Writes the gallery page image by image, so that it is never completely in memory.
struct PageWriter {
  private let draft: DraftWriter
  private var isFirst = true

  var path: FilePath { draft.path }

  init(path: FilePath, title: String) throws(ExportError) {
    draft = try DraftWriter(path: path)
    let shown = Markup.escaped(title)
    try draft.write(
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="\(PageAssets.policy)">
      <meta name="referrer" content="no-referrer">
      <meta name="generator" content="Seedbank">
      <title>\(shown)</title>
      <style>
      """)
    try draft.write(PageAssets.style)
    try draft.write("</style>\n</head>\n<body>\n")
    try draft.write(PageAssets.body)
    try draft.write(#"<script type="application/json" id="data">{"title":"#)
    try draft.write(Markup.scriptSafe(Self.quoted(title)))
    try draft.write(",\"thumbnails\":\(PageItem.thumbnailSides),\"images\":[")
  }

  mutating func add(_ item: PageItem) throws(ExportError) {
    try draft.write(isFirst ? "\n" : ",\n")
    isFirst = false
    try draft.write(item.json)
  }

  mutating func finish() throws(ExportError) {
    try draft.write("\n]}</script>\n<script type=\"module\">")
    try draft.write(PageAssets.script)
    try draft.write("</script>\n</body>\n</html>\n")
    try draft.flush()
  }

  private static func quoted(_ text: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.value(text)
    return writer.bytes
  }
}
