import ArgumentParser
import Foundation
import History
import ReplicateAPI
import Search

struct TagCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag",
        abstract: "Add tags, a rating, a note and the mark of a favourite to runs.",
        discussion: """
            `list tag:print`, `list fav:` and `list 'rating:>3'` find the runs again, and a word of a note finds them too. \
            Without an option it prints what the runs have.
            """
    )

    @Argument(help: "Ids of predictions or of runs, any unique beginning of one, or a saved file.", completion: .run)
    var ids: [String]

    @Option(help: ArgumentHelp("A tag that they get; may be repeated.", valueName: "tag"))
    var add: [String] = []

    @Option(help: ArgumentHelp("A tag that they lose; may be repeated.", valueName: "tag"))
    var remove: [String] = []

    @Flag(inversion: .prefixedNo, help: "They are favourites, or are none any more.")
    var favourite: Bool?

    @Option(help: "1 to 5 stars; 0: none.")
    var rating: Int?

    @Option(help: "A note; an empty one takes it away.")
    var note: String?

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let rating, !(0...5).contains(rating) { throw ValidationError("--rating must be 0 to 5.") }
        guard (add + remove).allSatisfy(Self.isTag) else { throw ValidationError("A tag must be a word.") }
        try PredictionName.check(ids)
    }

    /// Whether a text can be a tag: it stands on one line, and is not blank.
    static func isTag(_ text: String) -> Bool {
        !text.allSatisfy(\.isWhitespace) && !text.contains(where: \.isNewline)
    }

    func run(in context: CommandContext) async throws {
        let store = try Composition(context, settings: try Settings.load(global, context)).store
        let runs = NamedRuns(store: store, console: context.console, json: output.json)
        try runs.each(ids) { run in
            for run in try annotated(run, store) { tell(run, context.console) }
        }
    }

    private func annotated(_ run: RunRecord, _ store: HistoryStore) throws -> [RunRecord] {
        if add.isEmpty, remove.isEmpty, favourite == nil, rating == nil, note == nil { return [run] }
        do {
            return try store.annotate([run.id]) { annotation in
                annotation.tags.removeAll { remove.contains($0) }
                for tag in add where !annotation.tags.contains(tag) { annotation.tags.append(tag) }
                if let favourite { annotation.isFavourite = favourite }
                if let rating { annotation.rating = rating == 0 ? nil : rating }
                if let note { annotation.note = note.isEmpty ? nil : note }
            }
        } catch {
            throw CommandError.unrecorded
        }
    }

    private func tell(_ run: RunRecord, _ console: Console) {
        if output.json { return console.print(line: run.members) }
        var words = [run.prediction?.id.rawValue ?? run.id]
        if run.isFavourite { words.append("favourite") }
        if let rating = run.rating { words.append("\(rating) of 5") }
        words += run.tags.map { "#\($0)" }
        if let note = run.note { words.append(note) }
        console.print(words.map(Console.line).joined(separator: "  "))
    }
}
