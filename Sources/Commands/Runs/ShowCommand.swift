import ArgumentParser
import Foundation
import History
import Money
import Predictions
import ReplicateAPI
import ReplicateClient

struct ShowCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract:
            "Show everything about one run, its estimate beside its cost; with --raw what the API says, unchanged."
    )

    @Argument(
        help: "The prediction's id or a run's own, any unique beginning of one, or a saved file.",
        completion: .run
    )
    var id: String

    @Flag(help: "Print the API's own answer as it came.")
    var raw = false

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try PredictionName.check([id])
        if raw, output.json { throw ValidationError("--raw and --json exclude each other; --json holds both.") }
    }

    func run(in context: CommandContext) async throws {
        let console = context.console
        let composition = try Composition(context, settings: try Settings.load(global, context))
        let id = PredictionName.id(of: id)
        var record = try composition.store.run(meant: id)
        if record == nil, let found = MetadataReport(contentsOf: id) {
            if output.json { console.print(line: found.members) } else { found.print(to: console) }
            return
        }
        var isFolder: ObjCBool = false
        if record == nil, FileManager.default.fileExists(atPath: id, isDirectory: &isFolder), !isFolder.boolValue {
            throw CommandError(.notFound, "\(id) is no file of this history, and does not tell how it was made")
        }
        // What is over does not change, and the server forgets it; what is running is asked for.
        if record == nil || record?.isInFlight == true {
            let known = record?.prediction?.id ?? Prediction.ID(id)
            do {
                let prediction = try await Composition.client(context, composition.settings).prediction(known)
                var shown = record ?? RunRecord(notStartedHere: prediction)
                shown.prediction = shown.withoutSecrets(prediction)
                record = shown
            } catch let error as APIError where record == nil {
                throw CommandError(
                    error,
                    missing: "There is no prediction \(id): `darkroom list --remote` shows the account's"
                )
            } catch let error as CommandError where record == nil {
                throw error
            } catch {
                console.say("The server could not be asked; this is what was last known.")
            }
        }
        guard var record else { return }
        record.cost = composition.runner.costs.cost(of: record)
        if raw {
            guard let answer = record.prediction?.raw else {
                throw CommandError(.failed, "The API has not answered for \(id) yet: --json tells what is known here")
            }
            console.print(answer)
        } else if output.json {
            console.print(line: Self.document(record))
        } else {
            Self.print(record, console)
        }
    }

    /// Everything that is known here, and the API's own answer as `prediction`; null before there is one.
    private static func document(_ run: RunRecord) -> [String: ResultMember] {
        var members = run.members
        members["failure"] = members["error"]
        members["prediction"] = .json(run.prediction?.raw ?? .null)
        return members
    }

    private static func print(_ run: RunRecord, _ console: Console) {
        var table = Table([.init("What"), .init("Value", isFlexible: true)])
        func add(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { table.add([name, value]) }
        }
        add("id", run.prediction?.id.rawValue ?? run.id)
        add("key", run.key)
        add("tags", run.tags.joined(separator: ", "))
        add("favourite", run.isFavourite ? "yes" : nil)
        add("rating", run.rating.map { "\($0) of 5" })
        add("note", run.note)
        add("status", run.status.rawValue)
        add("failure", run.failure ?? run.prediction?.error)
        add("model", run.model)
        add("created", Timestamp.format(run.createdAt))
        add("took", run.prediction?.predictTime.map { "\($0.formatted(.number.precision(.fractionLength(1)))) s" })
        add("estimate", "\(run.estimate.label) (\(run.estimate.explanation))")
        add("cost", run.costText)
        add("difference", run.deviation.map { "\($0.text) against the estimate" })
        for (name, value) in run.input.sorted(by: { $0.key < $1.key }) { add("input \(name)", value.plain.shortened) }
        for name in run.secretInputs { add("input \(name)", "secret, not kept") }
        let missing = Set(run.missingFiles)
        func file(_ path: String) -> String { missing.contains(path) ? "\(path) (gone)" : path }
        for output in run.outputs {
            add(output.path == nil ? "output" : "saved", output.path.map(file) ?? output.url.shortened)
            add("not saved", output.failure)
        }
        add("saved", run.valuesFile.map(file))
        if run.outputs.isEmpty { for url in run.prediction?.outputURLs ?? [] { add("output", url.shortened) } }
        for line in table.lines(width: nil) { console.print(line) }
        if let text = run.prediction?.outputText, run.outputs.isEmpty {
            console.print(text)
        } else if let values = run.values {
            console.print(values)
        }
    }
}

extension RunRecord {
    /// A prediction that this history does not have.
    init(notStartedHere prediction: Prediction) {
        self.init(
            model: prediction.model,
            input: prediction.input,
            prompt: prediction.input["prompt"]?.string ?? "",
            origin: .command,
            createdAt: prediction.createdAt ?? .now,
            estimate: .unknown(reason: "it was not started here")
        )
        stage = prediction.isFinished ? .settled : .accepted
        self.prediction = prediction
        logs = prediction.logs ?? ""
    }
}
