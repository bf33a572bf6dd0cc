import Foundation
import Testing

@testable import Studio

struct FilesTests {
    private static func listing(_ names: String..., path: String = "~/Pictures/") -> FolderListing {
        FolderListing(
            path: path,
            entries: names.map { name in
                let isFolder = name.hasSuffix("/")
                return FolderListing.Entry(
                    name: isFolder ? String(name.dropLast()) : name,
                    isFolder: isFolder,
                    bytes: isFolder ? nil : 1_200_000,
                    modified: Bench.now.addingTimeInterval(-600)
                )
            }
        )
    }

    private func entering(_ text: String) -> Bench {
        var bench = Bench(Bench.video)
        bench.press(.focusImages, .addImage)
        bench.send(.typed(text))
        return bench
    }

    // MARK: Tab

    @Test(arguments: [
        ("~/Pictures/fo", "~/Pictures/fox-", ["fox-1.png", "fox-2.png", "owl.png"]),
        ("~/Pictures/fox-1", "~/Pictures/fox-1.png", ["fox-1.png", "fox-2.png"]),
        ("~/Pictures/sk", "~/Pictures/sketches/", ["sketches/", "owl.png"]),
        ("owl", "./owl.png", ["owl.png", "fox.png"]),
        ("/tmp/ü", "/tmp/über uns.png", ["über uns.png"]),
    ])
    func `a path goes on as far as it is certain`(typed: String, completed: String, names: [String]) {
        var bench = entering(typed)
        let folder = PathCompletion(typed)?.folder ?? "?"
        #expect(bench.press(.completePath) == [.world(.listFolder(folder, .completing(typed)))])
        let entries = names.map { name in
            FolderListing.Entry(
                name: name.hasSuffix("/") ? String(name.dropLast()) : name,
                isFolder: name.hasSuffix("/")
            )
        }
        bench.send(.folderListed(FolderListing(path: "/any", entries: entries), .completing(typed)))
        #expect(bench.state.compose.imageEntry?.editor.text == completed)
        #expect(bench.state.picker == nil)
    }

    @Test func `where several go on in different ways the folder is shown with what is typed`() {
        var bench = entering("~/Pictures/o")
        bench.press(.completePath)
        bench.send(.folderListed(Self.listing("owl.png", "oak.png", "fox.png"), .completing("~/Pictures/o")))
        #expect(bench.state.picker?.kind == .files)
        #expect(bench.state.picker?.query.text == "o")
        #expect(bench.state.picker?.matches.contains { $0.value == "~/Pictures/fox.png" } == true)
        bench.press(.choose)
        #expect(bench.state.compose.images.items.map(\.text) == ["~/Pictures/\(bench.chosenName)"])
        #expect(bench.state.compose.imageEntry == nil && bench.state.picker == nil)
    }

    @Test func `what was typed meanwhile is not overwritten, and what is unknown is said`() {
        var bench = entering("~/Pictures/fo")
        bench.press(.completePath)
        bench.send(.typed("x"))
        bench.send(.folderListed(Self.listing("fog.png"), .completing("~/Pictures/fo")))
        #expect(bench.state.compose.imageEntry?.editor.text == "~/Pictures/fox")
        bench.send(.folderListed(Self.listing("owl.png"), .completing("~/Pictures/fox")))
        #expect(bench.state.compose.imageEntry?.editor.text == "~/Pictures/fox")
        #expect(bench.state.toast != nil)
    }

    @Test func `an address is no path, and Tab leaves other fields as it always did`() {
        var bench = entering("https://example.org/fo")
        #expect(bench.press(.completePath) == [])
        #expect(bench.state.toast != nil)
        #expect(bench.state.contexts.first == .address)
        bench.press(.back, .focusPredictions, .filterRuns)
        #expect(!bench.state.contexts.contains(.address))
    }

    @Test func `a path that is typed into the list of files is taken, or opened where it is a folder`() {
        for (typed, isFolder) in [("/srv/fox.png", false), ("/srv/made", true), ("~/Downloads/", true), ("~", true)] {
            var bench = entering("")
            bench.press(.completePath)
            bench.send(.folderListed(Self.listing("owl.png"), .browsing(query: "")))
            bench.send(.typed(typed))
            let effects = bench.press(.choose)
            if isFolder {
                #expect(effects == [.world(.listFolder(typed, .browsing(query: "")))])
            } else {
                #expect(bench.state.compose.images.items.map(\.text) == [typed])
                #expect(bench.state.picker == nil)
            }
        }
    }

    @Test func `hidden files come in only when their point is typed`() throws {
        let entries = [".secret.png", "shown.png"].map { FolderListing.Entry(name: $0, isFolder: false) }
        let listing = FolderListing(path: "/tmp", entries: entries)
        #expect(try #require(PathCompletion("/tmp/")).outcome(in: listing) == .goesOn("/tmp/shown.png"))
        #expect(try #require(PathCompletion("/tmp/.")).outcome(in: listing) == .goesOn("/tmp/.secret.png"))
        #expect(try #require(PathCompletion("/tmp/x")).outcome(in: listing) == .isUnknown)
    }

    // MARK: Folders

    @Test func `pictures come first, the newest before the others, then folders`() {
        let entries = [
            FolderListing.Entry(name: "b", isFolder: true), .init(name: "a", isFolder: true),
            .init(name: "old.png", isFolder: false, modified: Bench.now.addingTimeInterval(-900)),
            .init(name: ".hidden.png", isFolder: false, modified: Bench.now),
            .init(name: "new.png", isFolder: false, modified: Bench.now),
        ]
        let listing = FolderListing(path: "/pictures", entries: entries)
        #expect(listing.path == "/pictures/")
        #expect(listing.entries.map(\.name) == ["new.png", "old.png", ".hidden.png", "a", "b"])
        #expect(listing.parent == "/")
        #expect(FolderListing(path: "/", entries: []).parent == nil)
        #expect(FolderListing(path: "~/a/b/", entries: []).parent == "~/a/")
    }

    @Test func `folders are gone through until a picture is chosen, and the last is opened again`() {
        var bench = Bench(Bench.video)
        bench.press(.focusImages)
        #expect(bench.press(.browseFiles) == [.world(.listFolder("", .browsing(query: "")))])
        bench.send(.folderListed(Self.listing("sketches/", "a fox, red.png"), .browsing(query: "")))
        #expect(bench.state.shownImage == "~/Pictures/a fox, red.png")
        bench.press(.down)
        #expect(bench.state.shownImage == nil)
        #expect(bench.press(.choose).contains(.world(.listFolder("~/Pictures/sketches/", .browsing(query: "")))))
        bench.send(.folderListed(Self.listing("owl.png", path: "~/Pictures/sketches"), .browsing(query: "")))
        #expect(bench.state.picker?.title == "Pictures in ~/Pictures/sketches/")
        bench.press(.choose)
        #expect(bench.state.compose.images.items.map(\.text) == ["~/Pictures/sketches/owl.png"])
        #expect(bench.press(.browseFiles) == [.world(.listFolder("~/Pictures/sketches/", .browsing(query: "")))])
        bench.send(.folderListed(Self.listing("a fox, red.png"), .browsing(query: "")))
        bench.press(.choose)
        #expect(bench.state.compose.images.items.map(\.text).last == "~/Pictures/a fox, red.png")
        #expect(bench.state.compose.images.items.count == 2)
    }

    @Test func `a folder that comes late opens over no other dialog`() {
        var bench = Bench(Bench.video)
        bench.press(.focusImages, .browseFiles, .palette)
        bench.send(.folderListed(Self.listing("owl.png"), .browsing(query: "")))
        #expect(bench.state.picker?.kind == .commands)
        bench.send(.folderFailed(reason: "/x cannot be read"))
        #expect(bench.state.toast?.notice.text == "/x cannot be read")
    }

    // MARK: The picture that is looked at

    @Test func `the selected image of the list is shown in the preview, and the run's again elsewhere`() {
        var bench = Bench(Bench.video, runs: [Bench.run("one")])
        var viewport = Viewport(pictureColumns: 40, pictureRows: 20)
        viewport.showsModelPages = true
        bench.send(.viewportChanged(viewport))
        bench.send(.imageNamed("~/fox.png"))
        bench.press(.focusImages)
        #expect(bench.state.preview?.key.path == "~/fox.png")
        // What is saved here needs no network to be seen.
        bench.send(.imageNamed("https://replicate.delivery/one/out-0.webp"))
        #expect(bench.state.preview?.key.path == "/outputs/one.webp")
        bench.press(.focusPredictions)
        #expect(bench.state.preview?.key.path == "/outputs/one.webp")
        bench.send(.imagesCleared)
        bench.press(.focusImages)
        #expect(bench.state.preview?.key.path == "/outputs/one.webp")
    }

    // MARK: The clipboard

    @Test func `a picture of the clipboard becomes an image, a text is pasted, and nothing is said`() {
        var bench = Bench(Bench.video)
        #expect(bench.press(.pasteClipboard) == [.world(.readClipboard)])
        bench.send(.clipboardRead(.picture(path: "/home/a b/pasted/1.png")))
        #expect(bench.state.compose.images.items.map(\.text) == ["/home/a b/pasted/1.png"])
        bench.press(.focusPrompt)
        bench.send(.clipboardRead(.text("a fox")))
        #expect(bench.state.compose.prompt.text == "a fox")
        bench.send(.clipboardRead(.nothing("The clipboard is empty")))
        #expect(bench.state.toast?.notice.text == "The clipboard is empty")
    }
}

extension Bench {
    /// The name of the only image.
    fileprivate var chosenName: String {
        state.compose.images.items.first.map { String($0.text.split(separator: "/").last ?? "") } ?? ""
    }
}
