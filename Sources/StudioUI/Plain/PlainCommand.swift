/// A line of plain mode: a word for what is to be done, then what it is done with. A line that begins with no such word
/// is the prompt.
enum PlainCommand: Hashable {
    case prompt(String)
    case model(String)
    case image(String)
    case removeImages
    case set(name: String, text: String)
    case inputs
    case count(Int)
    case estimate
    case run
    case runs
    /// What a run made, as an image of the next one. By the number that plain mode gave the run.
    case use(Int)
    case show(Int)
    case cancel(Int)
    case spend
    case help
    case quit
    /// The answer to a question.
    case answer(Bool)
    /// What was typed cannot be read; the sentence says what would be right.
    case mistake(String)

    /// Each command as it is typed, with what it does: what `help` prints.
    static let manual: [(usage: String, meaning: String)] = [
        ("prompt TEXT", "the prompt; a line that begins with none of these words is the prompt too"),
        ("model OWNER/NAME", "the model"), ("image ADDRESS", "adds an image: a web address or a file"),
        ("no images", "takes all images away"), ("set NAME VALUE", "an input; without a value its default"),
        ("inputs", "lists the inputs of the model"), ("count N", "runs of each prompt"),
        ("estimate", "what a run costs"), ("run", "runs; asks first where money or a budget says so"),
        ("runs", "lists the newest runs"), ("show N", "tells everything about run N"),
        ("use N", "takes what run N made as an image"), ("cancel N", "cancels run N"),
        ("spend", "what was spent"), ("quit", "ends; what runs goes on"),
    ]

    /// - Parameter isAsked: whether a question is open, which takes yes or no and nothing else.
    init?(line: String, isAsked: Bool) {
        let line = line.trimmingPrefix { $0.isWhitespace }
        var end = line.endIndex
        while end > line.startIndex, line[line.index(before: end)].isWhitespace { end = line.index(before: end) }
        let text = String(line[..<end])
        guard !text.isEmpty else { return nil }
        let word = text.prefix { !$0.isWhitespace }.lowercased()
        let rest = String(text.dropFirst(word.count).drop { $0.isWhitespace })
        if isAsked {
            switch (word, rest) {
            case ("yes", ""), ("y", ""): self = .answer(true)
            case ("no", ""), ("n", ""): self = .answer(false)
            default: self = .mistake("A question is open: type yes or no.")
            }
            return
        }
        self = Self.command(word, rest) ?? .prompt(text)
    }

    private static func command(_ word: String, _ rest: String) -> PlainCommand? {
        switch word {
        case "prompt": .prompt(rest)
        case "model" where !rest.contains(" "): rest.isEmpty ? .mistake("Type model OWNER/NAME.") : .model(rest)
        case "image" where !rest.contains(" "): rest.isEmpty ? .mistake("Type image ADDRESS.") : .image(rest)
        case "no" where rest == "images": .removeImages
        case "set":
            rest.isEmpty ? .mistake("Type set NAME VALUE; inputs lists the names.") : setting(rest)
        case "inputs" where rest.isEmpty: .inputs
        case "count": number(rest).map(PlainCommand.count)
        case "estimate" where rest.isEmpty, "cost" where rest.isEmpty: .estimate
        case "run" where rest.isEmpty: .run
        case "runs" where rest.isEmpty: .runs
        case "use": number(rest).map(PlainCommand.use)
        case "show": number(rest).map(PlainCommand.show)
        case "cancel": number(rest).map(PlainCommand.cancel)
        case "spend" where rest.isEmpty: .spend
        case "help" where rest.isEmpty, "?" where rest.isEmpty: .help
        case "quit" where rest.isEmpty, "exit" where rest.isEmpty: .quit
        default: nil
        }
    }

    private static func setting(_ rest: String) -> PlainCommand {
        let name = rest.prefix { !$0.isWhitespace && $0 != "=" }
        return .set(name: String(name), text: String(rest.dropFirst(name.count).drop { $0.isWhitespace || $0 == "=" }))
    }

    private static func number(_ text: String) -> Int? { Int(text).flatMap { $0 > 0 ? $0 : nil } }
}
