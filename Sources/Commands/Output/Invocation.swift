import ReplicateAPI

/// What the command line asks for, as far as the ending of a command depends on it: also where it cannot be parsed.
struct Invocation: Sendable {
    /// The first word that is no option; nil: the studio.
    let command: String?
    let wantsJSON: Bool
    /// Nothing is to be said beside results and failures.
    let isQuiet: Bool

    init(_ arguments: [String]) {
        command = arguments.first { !$0.hasPrefix("-") }
        let options = arguments.prefix { $0 != "--" }
        wantsJSON = options.contains("--json") || command == "batch"
        isQuiet = options.contains("--quiet")
    }

    /// The object of an ending without a result: `success` (false), `error`, `exit_status`, and the members that the
    /// command's results have, with null or nothing in them.
    func document(of error: String, status: Int32) -> JSONObject {
        let common: JSONObject = ["success": false, "error": .string(error), "exit_status": .integer(Int64(status))]
        let own: JSONObject =
            switch command {
            case "image": Self.nothing.merging(["image_url": .null, "image_urls": []]) { $1 }
            case "video": Self.nothing.merging(["video_url": .null, "duration_seconds": .null]) { $1 }
            case "run", "batch": Self.nothing
            case "poll": ["status": "error", "output": .null]
            default: [:]
            }
        return own.merging(common) { $1 }
    }

    private static let nothing: JSONObject = [
        "output": .null, "prediction_id": .null, "run_id": .null, "key": .null, "files": [],
    ]

    /// The same for one of several that were named.
    func document(of error: String, status: Int32, id: String) -> JSONValue {
        .object(document(of: error, status: status).merging(["prediction_id": .string(id)]) { $1 })
    }

    /// Prints the object where one is wanted and none was printed.
    func printEnding(_ error: String, status: Int32, on console: Console) {
        guard wantsJSON, !console.hasPrintedDocument else { return }
        console.print(.object(document(of: error, status: status)))
    }
}
