import ReplicateAPI

/// What the command line asks for, as far as the ending of a command depends on it: also where it cannot be parsed.
struct Invocation: Sendable {
    /// The first word that is no option; nil: the studio.
    let command: String?
    let wantsJSON: Bool

    init(_ arguments: [String]) {
        command = arguments.first { !$0.hasPrefix("-") }
        wantsJSON = arguments.prefix { $0 != "--" }.contains("--json")
    }

    /// The object of an ending without a result: `success` (false), `error`, `exit_status`, and the members that the
    /// command's results have, with null or nothing in them.
    func document(of error: String, status: Int32) -> JSONObject {
        let common: JSONObject = ["success": false, "error": .string(error), "exit_status": .integer(Int64(status))]
        let own: JSONObject =
            switch command {
            case "image": ["image_url": .null, "image_urls": [], "prediction_id": .null, "files": []]
            case "video": ["video_url": .null, "duration_seconds": .null, "prediction_id": .null, "files": []]
            case "run": ["output": .null, "prediction_id": .null, "files": []]
            case "poll": ["status": "error", "output": .null]
            default: [:]
            }
        return own.merging(common) { $1 }
    }

    /// Prints the object where one is wanted and none was printed.
    func printEnding(_ error: String, status: Int32, on console: Console) {
        guard wantsJSON, !console.hasPrintedDocument else { return }
        console.print(.object(document(of: error, status: status)))
    }
}
