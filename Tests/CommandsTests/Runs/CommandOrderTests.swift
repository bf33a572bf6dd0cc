import Composing
import Foundation
import ReplicateAPI
import Testing

@testable import Commands

struct InputArgumentTests {
    @Test(
        arguments: [
            ("seed=7", "seed", "7", nil), ("prompt=", "prompt", "", nil), ("a=b=c", "a", "b=c", nil),
            ("image=@a.png", "image", "@a.png", "a.png"), ("image=@-", "image", "@-", "-"), ("at=@", "at", "@", nil),
            ("naïve key=狐", "naïve key", "狐", nil),
        ] as [(String, String, String, String?)]
    ) func `an input is a key, a value, and perhaps a file`(
        text: String,
        key: String,
        value: String,
        file: String?
    ) throws {
        let argument = try InputArgument(text)
        #expect(argument == InputArgument(key: key, value: value))
        #expect(argument.file == file)
    }

    @Test(arguments: ["", "=", "=7", "seed", "@a.png"])
    func `what has no key is wrong usage, and says how it is written`(text: String) {
        let error = #expect(throws: CommandError.self) { try InputArgument(text) }
        #expect(error?.status == .usage)
        #expect(error?.description.hasPrefix("\(text) is no input: write KEY=VALUE or KEY=@FILE") == true)
    }
}

/// How words of a command line and of a batch become what the composer takes.
struct CommandOrderTests {
    private let folder: TemporaryFolder
    private let files: InputFiles

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("x", to: "a.png")
        files = InputFiles(standardInput: -1, home: folder.url)
    }

    private var png: String { folder.file("a.png").path }

    private func given(_ change: (inout CommandOrder) -> Void) throws -> GivenRun {
        var order = CommandOrder(model: "a/b")
        change(&order)
        return try order.order(nil, files: files)
    }

    private func shown(_ inputs: [GivenInput]) -> [String] {
        inputs.map { input in
            switch input.value {
            case .typed(let text): "\(input.name) typed \(text)"
            case .json(let value): "\(input.name) json \(value.text())"
            case .file(let file): "\(input.name) file \(file.path)"
            }
        }
    }

    @Test func `an argument is typed or a file, and a prompt is text whatever it begins with when it is literal`()
        throws
    {
        let arguments = try ["seed=7", "image=@\(png)", "prompt=@\(png)"].map(InputArgument.init)
        let plain = try given { $0.inputs = arguments.map(CommandOrder.Input.argument) }
        #expect(shown(plain.inputs) == ["seed typed 7", "image file \(png)", "prompt file \(png)"])
        #expect(plain.readsAlternatives)
        let literal = try given { order in
            order.inputs = arguments.map(CommandOrder.Input.argument)
            order.isLiteral = true
        }
        #expect(shown(literal.inputs) == ["seed typed 7", "image file \(png)", "prompt typed @\(png)"])
        #expect(!literal.readsAlternatives)
    }

    @Test func `of a list in an object each file is a file, and a list without one stays whole`() throws {
        let run = try given { order in
            order.inputs = [
                .json("one", .string("@\(png)")), .json("list", [.string("@\(png)"), "https://x.y/b.png"]),
                .json("tags", ["a", "b"]), .json("sign", "@"), .json("n", 3),
            ]
        }
        #expect(
            shown(run.inputs) == [
                "one file \(png)", "list file \(png)", "list json \"https://x.y/b.png\"", "tags json [\"a\",\"b\"]",
                "sign json \"@\"", "n json 3",
            ]
        )
    }

    @Test func `an image is an address, a file by its sign, or a file by its path where there is one`() throws {
        let run = try given { order in
            order.images = ["https://x.y/a.png", "data:image/png;base64,AA==", "@\(png)", png, "no such file"]
        }
        let kinds = run.images.map { image -> String in
            switch image {
            case .address(let text): "address \(text.prefix(12))"
            case .file(let file): "file \(file.path)"
            case .blocked(let text, let reason): "blocked \(text) \(reason)"
            }
        }
        #expect(
            kinds == [
                "address https://x.y/", "address data:image/p", "file \(png)", "file \(png)", "address no such file",
            ]
        )
    }

    @Test func `a dash reads standard input once, and means itself where a file held it or it is literal`() throws {
        #expect(throws: CommandError.self) { try given { $0.prompt = "-" } }
        let fromFile = try given { order in
            order.prompt = "-"
            order.readsStandardInput = false
        }
        #expect(fromFile.prompt == "-")
        let literal = try given { order in
            order.prompt = "-"
            order.isLiteral = true
        }
        #expect(literal.prompt == "-")
        #expect(try given { $0.prompt = nil }.prompt == nil)
    }

    @Test(arguments: ["image", "video", "run"])
    func `a word that is no input ends with 64, with the object of its command`(command: String) async throws {
        let words = command == "run" ? ["run", "a/b", "seed"] : [command, "x", "--input", "seed"]
        let result = try await CommandHarness().run(words + ["--json"])
        #expect(result.status == 64)
        #expect(result.messages.contains("seed is no input: write KEY=VALUE"))
        let document = try result.document
        #expect(document["exit_status"] == 64 && document["files"] == [] && document["output"] == .null)
    }
}
