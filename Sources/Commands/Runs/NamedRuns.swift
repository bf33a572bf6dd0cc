import History
import ReplicateAPI

/// The runs that a person has named on the command line, one after the other.
struct NamedRuns {
    let store: HistoryStore
    let console: Console
    /// A run that cannot be treated is a JSON line too.
    let json: Bool

    /// Does something with each run. One that is not there or that `body` refuses with a ``CommandError`` is told, and the
    /// others go on; any other error ends the command.
    ///
    /// Throws ``CommandError`` without a text and with the worst status, after the last.
    ///
    /// - Parameter members: what the JSON line of a run that failed has besides.
    func each(_ names: [String], failed members: [String: JSONValue] = [:], _ body: (RunRecord) throws -> Void) throws {
        var worst = ExitStatus.done
        for name in names {
            do {
                guard let run = try store.run(meant: PredictionName.id(of: name)) else {
                    throw CommandError(.notFound, "there is no such run: `darkroom list` shows them")
                }
                try body(run)
            } catch let error as CommandError {
                worst = max(worst, error.status)
                tell(error, name, members)
            }
        }
        if worst != .done { throw CommandError(worst, "") }
    }

    private func tell(_ error: CommandError, _ name: String, _ members: [String: JSONValue]) {
        console.fail("\(name): \(error.description)")
        guard json else { return }
        let document: [String: JSONValue] = [
            "success": false, "error": .string(error.description), "run_id": .null, "prediction_id": .string(name),
            "exit_status": .integer(Int64(error.status.rawValue)),
        ]
        console.print(.object(document.merging(members) { $1 }))
    }
}
