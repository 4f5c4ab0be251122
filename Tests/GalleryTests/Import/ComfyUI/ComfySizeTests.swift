import Testing

@testable import SeedbankGallery

@Suite("Sizes in ComfyUI's graphs")
struct ComfySizeTests {
  /// Reads the size of a graph whose latent image comes from a node.
  ///
  /// - Parameters:
  ///   - latent: the output with the latent image.
  ///   - sides: the outputs that are linked to width and height of another node, instead of the latent
  ///     image.
  private func size(
    _ kind: String, _ inputs: KeyValuePairs<String, ComfyGraphBuilder.Input>, latent: Int = 0,
    sides: (width: Int, height: Int)? = nil
  ) throws -> String? {
    var graph = ComfyGraphBuilder.started()
    let list = graph.add(kind, inputs)
    var image = ComfyGraphBuilder.Input.from(list, latent)
    if let sides {
      image = .from(
        graph.add(
          "EmptyLatentImage",
          [
            "width": .from(list, sides.width), "height": .from(list, sides.height),
            "batch_size": 1,
          ]), 0)
    }
    graph.add(
      "KSampler",
      [
        "seed": 41, "model": .from(0, 0), "positive": graph.text("a mill"),
        "negative": graph.text("fog"), "latent_image": image,
      ])
    graph.save()
    let record = try #require(ForeignRecord.read(ImageTexts(chunks: ["prompt": graph.prompt()])))
    #expect(record.prompt == "a mill")
    return record.settings["size"]?.string
  }

  @Test("the chosen ratio of Comfyroll's lists is the size, and not the unused sides")
  func ratios() throws {
    for (ratio, swap, expected, exchanged) in [
      ("3:4 portrait 896x1152", "Off", "896x1152", "1152x896"),
      ("3:4 portrait 896x1152", "On", "1152x896", "896x1152"),
      ("custom", "Off", "1024x512", "512x1024"), ("custom", "On", "512x1024", "1024x512"),
    ] {
      let inputs: KeyValuePairs<String, ComfyGraphBuilder.Input> = [
        "width": 1024, "height": 512, "aspect_ratio": .value(.string(ratio)),
        "swap_dimensions": .value(.string(swap)), "upscale_factor": 2.0, "batch_size": 1,
      ]
      let kind = "CR SDXL Aspect Ratio"
      #expect(try size(kind, inputs, latent: 4) == expected)
      #expect(try size(kind, inputs, sides: (0, 1)) == expected)
      #expect(try size(kind, inputs, sides: (1, 0)) == exchanged)
    }
  }

  @Test("a list of ratios with a factor, and a name with another size than the node's")
  func factors() throws {
    let scaled: KeyValuePairs<String, ComfyGraphBuilder.Input> = [
      "width": 1024, "height": 1024, "aspect_ratio": "SD1.5 - 2:3 portrait 512x768",
      "swap_dimensions": "Off", "prescale_factor": 1.5,
    ]
    #expect(try size("CR Aspect Ratio", scaled, latent: 5) == "768x1152")
    let banner: KeyValuePairs<String, ComfyGraphBuilder.Input> = [
      "width": 1024, "height": 1024, "aspect_ratio": "Banner - 468x60", "swap_dimensions": "Off",
    ]
    #expect(try size("CR Aspect Ratio Banners", banner, latent: 5) == "168x60")
  }

  @Test("a ratio without a size leaves the size unknown")
  func unknownRatios() throws {
    let inputs: KeyValuePairs<String, ComfyGraphBuilder.Input> = [
      "width": 1024, "height": 1024, "aspect_ratio": "16:9",
    ]
    #expect(try size("Mystery Ratio", inputs) == nil)
    #expect(try size("Mystery Ratio", inputs, sides: (0, 1)) == nil)
  }

  @Test("options that exchange or replace the sides of a list of sizes are used")
  func options() throws {
    #expect(
      try size(
        "EmptyLatentImagePresets", ["dimensions": "768 x 512 (1.5:1)", "invert": true]) == "512x768"
    )
    #expect(
      try size(
        "SDXLEmptyLatentSizePicker+",
        ["resolution": "1024x1024 (1.0)", "width_override": 640, "height_override": 0])
        == "640x1024")
  }
}
