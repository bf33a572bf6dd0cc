// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
    .enableUpcomingFeature("ExistentialAny"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
    .enableUpcomingFeature("MemberImportVisibility"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
    .enableUpcomingFeature("InternalImportsByDefault"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0461-async-function-isolation.md
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let targets: [Target] = [
    .target(name: "CNcurses", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(name: "CCurl", linkerSettings: [.linkedLibrary("z")]),
    .target(
        name: "CImageCodecs",
        linkerSettings: ["webp", "webpdemux", "webpmux", "jpeg", "png16"].map { .linkedLibrary($0) }
    ),
    .target(name: "Pixels"),
    .target(name: "Terminal", dependencies: ["CNcurses", "Pixels"]),
    .target(name: "FileTypes"),
    .target(name: "Pictures", dependencies: ["CImageCodecs", "FileTypes", "Pixels"]),
    .target(name: "ReplicateAPI"),
    .target(name: "PictureMetadata", dependencies: ["ReplicateAPI"]),
    .target(name: "ReplicateClient", dependencies: ["CCurl", "ReplicateAPI", logging]),
    .target(name: "Money"),
    .target(name: "Search", dependencies: ["Money", "ReplicateAPI"]),
    .target(
        name: "History",
        dependencies: ["Money", "ReplicateAPI", "Search", .product(name: "GRDB", package: "GRDB.swift")]
    ),
    .target(
        name: "Pricing",
        dependencies: ["Money", "ReplicateAPI", yams],
        exclude: ["Resources/prices.yaml"],
        resources: [.embedInCode("Resources/prices.json")]
    ),
    .target(name: "Composing", dependencies: ["Money", "Pricing", "ReplicateAPI"]),
    .target(
        name: "Predictions",
        dependencies: [
            "Composing", "FileTypes", "History", "Money", "PictureMetadata", "Pricing", "ReplicateAPI",
            "ReplicateClient", logging,
        ]
    ),
    .target(
        name: "Studio",
        dependencies: ["Composing", "FileTypes", "Money", "Pixels", "Pricing", "ReplicateAPI", "Search"]
    ),
    .target(
        name: "StudioUI",
        dependencies: ["Composing", "Money", "Pixels", "Pricing", "ReplicateAPI", "Search", "Studio", "Terminal"]
    ),
    .target(
        name: "StudioRuntime",
        dependencies: [
            "Composing", "FileTypes", "History", "Money", "PictureMetadata", "Pictures", "Pixels", "Predictions",
            "Pricing", "ReplicateAPI", "ReplicateClient", "Search", "Studio",
        ]
    ),
    .target(
        name: "Sandbox",
        dependencies: [
            "CCurl", "CImageCodecs", hummingbird, logging,
            .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        ]
    ),
    .target(
        name: "Service",
        dependencies: [
            "Composing", "History", "Money", "Predictions", "Pricing", "ReplicateAPI", "ReplicateClient", hummingbird,
            logging,
            .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        ],
        resources: [.embedInCode("Resources/openapi.json"), .embedInCode("Resources/home.html")]
    ),
    .target(
        name: "Commands",
        dependencies: [
            "Composing", "FileTypes", "History", "Money", "PictureMetadata", "Pictures", "Pixels", "Predictions",
            "Pricing",
            "ReplicateAPI", "ReplicateClient", "Sandbox", "Search", "Service", "Studio", "StudioRuntime", "StudioUI",
            "Terminal", logging, yams,
            .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        resources: [.embedInCode("Resources/licenses.json")]
    ),
    .executableTarget(
        name: "darkroom",
        dependencies: ["Commands"],
        linkerSettings: [
            // The addresses that the loader has to correct are packed (3 MB less, 1 ms of each start; glibc 2.36), and no
            // symbol is offered to other libraries (3 MB more, and the search in them).
            .unsafeFlags(
                ["-use-ld=lld"] + ["-z", "pack-relative-relocs", "--no-export-dynamic"].flatMap { ["-Xlinker", $0] },
                .when(platforms: [.linux], configuration: .release)
            )
        ]
    ),

    .executableTarget(
        name: "polling-bench",
        dependencies: ["History", "Money", "Predictions", "Pricing", "ReplicateAPI", "ReplicateClient", logging],
        path: "Benchmarks/Polling"
    ),

    .executableTarget(
        name: "conversation-fuzz",
        dependencies: [
            "History", "Money", "Predictions", "Pricing", "ReplicateAPI", "ReplicateClient", "TestSupport", logging,
        ],
        path: "Fuzz/Conversation"
    ),

    .systemLibrary(name: "CVTerm", path: "Tests/CVTerm"),
    .target(name: "TestSupport", dependencies: ["CVTerm", "Sandbox"], path: "Tests/TestSupport"),
    .executableTarget(name: "terminal-probe", dependencies: ["Terminal"], path: "Tests/TerminalProbe"),
    .executableTarget(
        name: "money-bench",
        dependencies: ["Composing", "History", "Money", "Predictions", "Pricing", "ReplicateAPI", "Studio"],
        path: "Tests/MoneyBench"
    ),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal", "TestSupport", "terminal-probe"]),
    .testTarget(name: "FileTypesTests", dependencies: ["FileTypes", "TestSupport"]),
    .testTarget(name: "PixelsTests", dependencies: ["Pixels", "TestSupport"]),
    .testTarget(
        name: "PicturesTests",
        dependencies: ["CImageCodecs", "FileTypes", "Pictures", "Pixels", "TestSupport"]
    ),
    .testTarget(
        name: "PictureMetadataTests",
        dependencies: ["CImageCodecs", "PictureMetadata", "ReplicateAPI", "TestSupport"]
    ),
    .testTarget(name: "ReplicateAPITests", dependencies: ["ReplicateAPI", "TestSupport"]),
    .testTarget(
        name: "ReplicateClientTests",
        dependencies: ["ReplicateAPI", "ReplicateClient", "Sandbox", "TestSupport"]
    ),
    .testTarget(
        name: "HistoryTests",
        dependencies: [
            "History", "Money", "ReplicateAPI", "Search", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
        ]
    ),
    .testTarget(name: "SearchTests", dependencies: ["Money", "Search", "TestSupport"]),
    .testTarget(
        name: "ComposingTests",
        dependencies: ["Composing", "Money", "Pricing", "ReplicateAPI", "TestSupport"]
    ),
    .testTarget(name: "MoneyTests", dependencies: ["Money", "TestSupport"]),
    .testTarget(name: "PricingTests", dependencies: ["Money", "Pricing", "ReplicateAPI", "TestSupport"]),
    .testTarget(
        name: "PredictionsTests",
        dependencies: [
            "FileTypes", "History", "Money", "PictureMetadata", "Predictions", "Pricing", "ReplicateAPI",
            "ReplicateClient", "Sandbox",
            .product(name: "GRDB", package: "GRDB.swift"),
        ]
    ),
    .testTarget(
        name: "StudioTests",
        dependencies: ["Composing", "Money", "Pixels", "Pricing", "ReplicateAPI", "Search", "Studio", "TestSupport"]
    ),
    .testTarget(
        name: "StudioUITests",
        dependencies: [
            "Composing", "Money", "Pixels", "Pricing", "ReplicateAPI", "Search", "Studio", "StudioUI", "Terminal",
            "TestSupport",
        ],
        exclude: ["Snapshots"]
    ),
    .testTarget(
        name: "StudioRuntimeTests",
        dependencies: [
            "Composing", "History", "Money", "PictureMetadata", "Pictures", "Pixels", "Predictions", "Pricing",
            "ReplicateAPI", "ReplicateClient", "Sandbox", "Search", "Studio", "StudioRuntime", logging,
        ]
    ),
    .testTarget(
        name: "ServiceTests",
        dependencies: [
            "Composing", "History", "Money", "Predictions", "Pricing", "ReplicateAPI", "ReplicateClient", "Sandbox",
            "Service",
            "TestSupport", hummingbird, logging, .product(name: "HTTPTypes", package: "swift-http-types"),
            .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOEmbedded", package: "swift-nio"),
        ],
        resources: [.copy("Fixtures")]
    ),
    .testTarget(
        name: "SandboxTests",
        dependencies: ["Sandbox", "CImageCodecs", "TestSupport"],
        resources: [.copy("official_client.py"), .copy("Fixtures")]
    ),
    .testTarget(
        name: "CommandsTests",
        dependencies: [
            "Commands", "Composing", "History", "Money", "Pictures", "Predictions", "Pricing", "ReplicateAPI",
            "ReplicateClient", "Sandbox", "Search", "Service", "Studio", "StudioUI", "Terminal", "TestSupport",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ]
    ),
    .testTarget(name: "EndToEndTests", dependencies: ["darkroom", "TestSupport", "Sandbox", "History"]),
]

// The three that wrap a C library hold no Swift.
for target in targets where target.type != .system && !["CNcurses", "CCurl", "CImageCodecs"].contains(target.name) {
    target.swiftSettings = settings
}

let package = Package(
    name: "darkroom",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "darkroom", targets: ["darkroom"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: targets,
    swiftLanguageModes: [.v6]
)
