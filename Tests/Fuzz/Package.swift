// swift-tools-version: 6.2
import PackageDescription

// A separate package, because every program runs libFuzzer's driver and all code is built with
// libFuzzer's flags. `scripts/fuzz` builds and runs the programs.
let package = Package(
  name: "fuzz",
  dependencies: [.package(name: "seedbank", path: "../..")],
  targets: [
    .target(name: "CLibFuzzer"),
    .executableTarget(
      name: "FuzzQueries",
      dependencies: [
        "CLibFuzzer", .product(name: "SeedbankModel", package: "seedbank"),
        .product(name: "SeedbankQuery", package: "seedbank"),
      ]),
    .executableTarget(
      name: "FuzzMetadata",
      dependencies: ["CLibFuzzer", .product(name: "SeedbankImaging", package: "seedbank")]),
    .executableTarget(
      name: "FuzzForeignTexts",
      dependencies: ["CLibFuzzer", .product(name: "SeedbankGallery", package: "seedbank")]),
    .executableTarget(
      name: "FuzzSidecars",
      dependencies: [
        "CLibFuzzer", .product(name: "FilePaths", package: "seedbank"),
        .product(name: "SeedbankGallery", package: "seedbank"),
      ]),
    .executableTarget(
      name: "FuzzFileNames",
      dependencies: [
        "CLibFuzzer", .product(name: "FilePaths", package: "seedbank"),
        .product(name: "SeedbankGallery", package: "seedbank"),
      ]),
    .executableTarget(
      name: "FuzzContainers",
      dependencies: [
        "CLibFuzzer", .product(name: "SeedbankGallery", package: "seedbank"),
        .product(name: "SeedbankImaging", package: "seedbank"),
      ]),
    .executableTarget(
      name: "FuzzReplies",
      dependencies: ["CLibFuzzer", .product(name: "SeedbankProviders", package: "seedbank")]),
    .executableTarget(
      name: "FuzzHeads",
      dependencies: ["CLibFuzzer", .product(name: "SeedbankProviders", package: "seedbank")]),
    .executableTarget(
      name: "FuzzPrompts",
      dependencies: [
        "CLibFuzzer", .product(name: "SeedbankProviders", package: "seedbank"),
        .product(name: "SeedbankSync", package: "seedbank"),
      ]),
    .executableTarget(
      name: "FuzzImages",
      dependencies: ["CLibFuzzer", .product(name: "SeedbankImaging", package: "seedbank")]),
    .executableTarget(
      name: "FuzzGraphs",
      dependencies: ["CLibFuzzer", .product(name: "SeedbankGallery", package: "seedbank")]),
    .executableTarget(
      name: "FuzzRecords",
      dependencies: ["CLibFuzzer", .product(name: "SeedbankStorage", package: "seedbank")]),
  ])
