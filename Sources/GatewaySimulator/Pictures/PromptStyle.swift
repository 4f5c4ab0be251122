/// What a prompt's words suggest: a palette and a kind of scene, where they suggest any.
struct PromptStyle: Equatable, Sendable {
  var palette: String?
  var scene: SceneKind?

  init(_ prompt: String) {
    for word in prompt.lowercased().split(whereSeparator: { !$0.isLetter }) {
      if palette == nil { palette = Self.palettes[String(word)] }
      if scene == nil { scene = Self.scenes[String(word)] }
    }
  }

  private static func index<Value>(_ groups: [(Value, String)]) -> [String: Value] {
    groups.reduce(into: [:]) { index, group in
      for word in group.1.split(separator: " ") { index[String(word)] = group.0 }
    }
  }

  private static let palettes = index([
    ("dusk", "dusk sunset twilight evening sundown purple"),
    ("ocean", "ocean sea underwater wave waves whale fish teal coast beach"),
    ("forest", "forest jungle woods tree trees moss fern green pine"),
    ("desert", "desert dune dunes canyon sand clay mars rust brown"),
    ("night", "night midnight moon moonlit stars galaxy space blue"),
    ("rose", "rose roses pink love valentine blossom cherry flamingo"),
    ("meadow", "meadow spring garden grass field fields farm countryside"),
    ("glacier", "ice snow winter glacier arctic frozen frost snowy white"),
    ("ember", "fire lava volcano ember flame dragon red burning"),
    ("lavender", "lavender dream violet lilac fairy magic"),
    ("citrus", "lemon citrus yellow sunflower honey banana gold golden"),
    ("ink", "ink charcoal monochrome black grey gray sketch fog mist"),
    ("coral", "coral reef tropical orange peach"),
    ("jade", "jade emerald bamboo frog mint"),
    ("plum", "wine autumn vintage renaissance cello fall"),
    ("harbour", "lighthouse harbour harbor boat ship sail dawn sunrise morning"),
  ])

  private static let scenes = index([
    (SceneKind.ridges, "mountain mountains hill hills valley landscape canyon desert dunes dune"),
    (.woods, "forest woods jungle pine trees tree cabin"),
    (.lake, "lake sea ocean river coast beach harbour harbor boat ship lighthouse island bay"),
    (.skyline, "city street building buildings skyline tower skyscraper town urban neon"),
    (.bloom, "flower flowers rose roses bloom blossom garden sunflower bouquet lotus orchid"),
    (.planet, "planet planets space galaxy moon cosmos astronaut mars universe saturn earth"),
    (.tiles, "pattern geometric mosaic bauhaus quilt cubist poster tiles abstract"),
    (.papercut, "paper papercut origami collage map topographic layers cave"),
    (.orbs, "bokeh lights bubbles lanterns party balloons balloon glow"),
    (.silk, "silk fabric smoke liquid marble dress flowing aurora"),
  ])
}

/// The kinds of scene, in the order that prompts draw from.
enum SceneKind: CaseIterable, Sendable {
  case ridges, silk, papercut, orbs, lake, tiles, planet, bloom, woods, skyline
}
