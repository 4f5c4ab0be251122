// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target of ours: a warning is an error.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "seedbank",
  products: [
    .executable(name: "seedbank", targets: ["seedbank"]),
    .executable(name: "gateway-simulator", targets: ["gateway-simulator"]),
    // Paths are part of the public interface of the others.
    .library(name: "FilePaths", targets: ["FilePaths"]),
    .library(name: "SeedbankModel", targets: ["SeedbankModel"]),
    .library(name: "SeedbankQuery", targets: ["SeedbankQuery"]),
    .library(name: "SeedbankStorage", targets: ["SeedbankStorage"]),
    .library(name: "SeedbankProviders", targets: ["SeedbankProviders"]),
    .library(name: "SeedbankImaging", targets: ["SeedbankImaging"]),
    .library(name: "SeedbankGallery", targets: ["SeedbankGallery"]),
    .library(name: "SeedbankSync", targets: ["SeedbankSync"]),
    .library(name: "SeedbankRemote", targets: ["SeedbankRemote"]),
    .library(name: "SeedbankWeb", targets: ["SeedbankWeb"]),
  ],
  // New patch versions only: docs/release.md names the behaviour that depends on each version.
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", .upToNextMinor(from: "7.10.0")),
    .package(
      url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.2")),
    .package(
      url: "https://github.com/apple/swift-configuration", .upToNextMinor(from: "1.4.0"),
      traits: ["YAML"]),
    .package(url: "https://github.com/apple/swift-nio", .upToNextMinor(from: "2.101.2")),
    // Only tests start programs.
    .package(url: "https://github.com/swiftlang/swift-subprocess", .upToNextMinor(from: "1.0.2")),
    .package(url: "https://github.com/apple/swift-system", .upToNextMinor(from: "1.8.1")),
  ],
  targets: [
    // The system's C library under one name.
    .target(name: "Platform", swiftSettings: strict),

    // Paths as the system has them: bytes.
    .target(name: "FilePaths", dependencies: ["Platform"], swiftSettings: strict),

    // Values that all modules share, the calendar, and reading and writing JSON.
    .target(
      name: "SeedbankModel",
      dependencies: ["Platform", "CNettle", "FilePaths"], swiftSettings: strict),
    // SHA-256 and MD5 of the system's library.
    .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),

    // The query language, text folding, and matching in memory.
    .target(
      name: "SeedbankQuery", dependencies: ["FilePaths", "SeedbankModel"], swiftSettings: strict),

    // The catalog, the image files, search and change history.
    .target(
      name: "SeedbankStorage",
      dependencies: [
        "Platform",
        "CFileSystem", "FilePaths", "SeedbankModel", "SeedbankQuery",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      resources: [.embedInCode("schema.sql")],
      swiftSettings: strict),
    // A system call that Swift's Glibc does not show.
    .systemLibrary(name: "CFileSystem"),

    // The HTTP API: wire types, one client, errors as values.
    .target(
      name: "SeedbankProviders", dependencies: ["Platform", "CCurl", "SeedbankModel"],
      swiftSettings: strict),
    // libcurl is opened with the first request: linked, it would cost every command milliseconds. Only
    // its headers are needed here.
    .target(name: "CCurl", linkerSettings: [.linkedLibrary("dl")]),

    // Decoding, hashes, verdicts, thumbnails, embedded metadata.
    .target(
      name: "SeedbankImaging", dependencies: ["Platform", "CImageCodecs", "CNettle", "FilePaths"],
      swiftSettings: strict),
    // The codecs' error handling is setjmp, which Swift cannot call: a C shim stands between.
    // Of libheif, libjxl and giflib only the headers are needed: they are opened when a file needs them.
    .target(
      name: "CImageCodecs", dependencies: ["CDeflate", "CJPEG", "CPNG", "CWebP", "CZlib"],
      linkerSettings: [.linkedLibrary("dl")]),
    .systemLibrary(
      name: "CJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg62-turbo-dev"])]),
    .systemLibrary(
      name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CWebP", pkgConfig: "libwebp", providers: [.apt(["libwebp-dev"])]),

    // Submit, poll, download, reproduce: plans first, then acts.
    .target(
      name: "SeedbankSync",
      dependencies: [
        "Platform",
        "FilePaths", "SeedbankModel", "SeedbankQuery", "SeedbankStorage", "SeedbankProviders",
        "SeedbankImaging",
      ],
      swiftSettings: strict),

    // Export and import.
    .target(
      name: "SeedbankGallery",
      dependencies: [
        "Platform",
        "FilePaths", "SeedbankModel", "SeedbankQuery", "SeedbankStorage", "SeedbankImaging",
        "GalleryAssets", "CTextLayout", "CZlib",
      ],
      swiftSettings: strict),
    // The web page's parts as bytes: #embed takes a moment where .embedInCode takes minutes.
    .target(name: "GalleryAssets", exclude: ["web"]),
    // Captions through FreeType, HarfBuzz and fontconfig, which are opened when text is first drawn:
    // linked, they would cost every command milliseconds. Only their headers are needed here.
    .target(
      name: "CTextLayout", cSettings: [.unsafeFlags(["-I/usr/include/freetype2"])],
      linkerSettings: [.linkedLibrary("dl")]),

    // The live page and its API: HTTP, access, events, thumbnails; and the same functions for assistants.
    .target(
      name: "SeedbankWeb",
      dependencies: [
        "Platform",
        "FilePaths", "SeedbankModel", "SeedbankQuery", "SeedbankStorage", "SeedbankImaging",
        "SeedbankSync", "WebAssets",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      swiftSettings: strict),
    // The live page's files as bytes, as in GalleryAssets.
    .target(name: "WebAssets", exclude: ["web"]),

    // Push and pull between libraries, over a bucket, a folder or rclone.
    .target(
      name: "SeedbankRemote",
      dependencies: [
        "Platform",
        "CNettle", "CZlib", "FilePaths", "SeedbankModel", "SeedbankStorage", "SeedbankProviders",
        "SeedbankImaging",
      ],
      swiftSettings: strict),

    // Images on a terminal: protocols, sizes, encodings.
    .target(
      name: "TerminalGraphics", dependencies: ["Platform", "FilePaths", "SeedbankImaging"],
      swiftSettings: strict),

    // The command line: options, one call, one report.
    .executableTarget(
      name: "seedbank",
      dependencies: [
        "Platform",
        "FilePaths", "SeedbankModel", "SeedbankQuery", "SeedbankStorage", "SeedbankProviders",
        "SeedbankImaging", "SeedbankSync",
        "SeedbankGallery", "SeedbankRemote", "SeedbankWeb", "TerminalGraphics", "CMalloc",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
      ],
      swiftSettings: strict,
      linkerSettings: [.unsafeFlags(["-Xlinker", "-no-pie"], .when(configuration: .release))]),

    // The settings of the allocator, which Swift's Glibc does not show.
    .systemLibrary(name: "CMalloc"),

    // The gateway on loopback, with its faults and its ledger of charges.
    .target(
      name: "GatewaySimulator",
      dependencies: [
        "Platform",
        // CZlib is what libpng needs if it is linked as an archive.
        "CTurboJPEG", "CPNG", "CWebP", "CZlib",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      // It paints pictures by the thousand in tests, where unoptimized arithmetic takes minutes.
      swiftSettings: strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
    .executableTarget(
      name: "gateway-simulator", dependencies: ["Platform", "GatewaySimulator"],
      swiftSettings: strict),

    // What `make bench` runs: docs/benchmarks.md.
    .executableTarget(
      name: "seedbank-benchmark",
      dependencies: [
        "FilePaths", "SeedbankModel", "SeedbankQuery", "SeedbankStorage", "SeedbankImaging",
        "SeedbankGallery",
      ],
      swiftSettings: strict),

    // Random numbers that are equal in every run.
    .target(name: "TestRandomness", path: "Tests/TestRandomness", swiftSettings: strict),
    // The programs that tests start.
    .target(
      name: "TestProcesses",
      dependencies: [
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Tests/TestProcesses", swiftSettings: strict),
    .testTarget(name: "FilePathsTests", dependencies: ["FilePaths"], swiftSettings: strict),
    .testTarget(
      name: "StorageTests",
      dependencies: [
        "TestRandomness",
        "TestProcesses",
        "FilePaths", "SeedbankModel", "SeedbankQuery", "SeedbankStorage",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "GatewayTests",
      dependencies: [
        "TestRandomness", "Platform", "TestProcesses", "SeedbankModel", "SeedbankProviders",
      ],
      exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "ImagingTests",
      dependencies: [
        "TestRandomness", "TestProcesses", "FilePaths", "SeedbankImaging", "CImageCodecs",
      ],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "GatewaySimulatorTests",
      dependencies: [
        "Platform",
        "TestProcesses",
        "GatewaySimulator", "gateway-simulator",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "SyncTests",
      dependencies: [
        "Platform",
        "TestProcesses", "TestRandomness",
        "FilePaths", "SeedbankSync", "SeedbankModel", "SeedbankQuery", "SeedbankStorage",
        "SeedbankProviders", "SeedbankImaging",
        "GatewaySimulator",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "GalleryTests",
      dependencies: [
        "TestRandomness",
        "Platform",
        "TestProcesses",
        "FilePaths", "SeedbankModel", "SeedbankQuery", "SeedbankStorage", "SeedbankImaging",
        "SeedbankGallery",
      ], exclude: ["Browser"],
      swiftSettings: strict),
    .testTarget(
      name: "WebTests",
      dependencies: [
        "Platform",
        "TestProcesses",
        "FilePaths", "SeedbankWeb", "SeedbankModel", "SeedbankQuery", "SeedbankStorage",
        "SeedbankImaging",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      exclude: ["Browser"],
      swiftSettings: strict),
    .testTarget(
      name: "RemoteTests",
      dependencies: [
        "TestRandomness",
        "FilePaths", "SeedbankRemote", "SeedbankModel", "SeedbankStorage", "SeedbankProviders",
        "SeedbankImaging",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "TerminalGraphicsTests", dependencies: ["SeedbankImaging", "TerminalGraphics"],
      swiftSettings: strict),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "TestRandomness",
        "TestProcesses",
        "FilePaths", "seedbank", "GatewaySimulator", "SeedbankModel", "SeedbankQuery",
        "SeedbankStorage", "SeedbankImaging", "TerminalGraphics",
      ],
      exclude: ["Assistant", "Snapshots"], swiftSettings: strict),
  ]
)
