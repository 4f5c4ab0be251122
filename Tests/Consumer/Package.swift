// swift-tools-version: 6.2
import PackageDescription

// A program outside Seedbank that uses its products. `scripts/test-consumer` builds and runs it.
let package = Package(
  name: "consumer",
  dependencies: [.package(name: "seedbank", path: "../..")],
  targets: [
    .executableTarget(
      name: "Consumer",
      dependencies: [
        .product(name: "FilePaths", package: "seedbank"),
        .product(name: "SeedbankModel", package: "seedbank"),
        .product(name: "SeedbankQuery", package: "seedbank"),
        .product(name: "SeedbankStorage", package: "seedbank"),
        .product(name: "SeedbankGallery", package: "seedbank"),
      ],
      swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)])
  ]
)
