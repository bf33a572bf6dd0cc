import Studio

/// A line of plain mode: a word for what is to be done, then what it is done with. A line that begins with no such word
/// is the prompt.
enum PlainCommand: Hashable {
    case prompt(String)
    case model(String)
    /// The models that these words fit; empty: those used here first.
    case models(String)
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
    /// What the model runs on, as a price book names it; nil: the list of names is asked for.
    case hardware(String?)
    case spend
    case help
    case quit
    /// The answer to a question; to that for the hardware, no only.
    case answer(Bool)
    /// What was typed cannot be read; the sentence says what would be right.
    case mistake(String)

    /// Each command as it is typed, with what it does: what `help` prints.
    static let manual: [(usage: String, meaning: String)] = [
        ("prompt TEXT", "the prompt; a line that begins with none of these words is the prompt too"),
        ("model OWNER/NAME", "the model"), ("models WORDS", "lists models, with words those that they fit"),
        ("image ADDRESS", "adds an image: a web address or a file"),
        ("no images", "takes all images away"), ("set NAME VALUE", "an input; without a value its default"),
        ("inputs", "lists the inputs of the model"), ("count N", "runs of each prompt"),
        ("estimate", "what a run costs"), ("run", "runs; asks first where money or a budget says so"),
        ("runs", "lists the newest runs"), ("show N", "tells everything about run N"),
        ("use N", "takes what run N made as an image"), ("cancel N", "cancels run N"),
        ("hardware NAME", "what the model runs on, for its price; without a name lists the names"),
        ("spend", "what was spent"), ("quit", "ends; what runs goes on"),
    ]

    /// What stands for a command in a sentence that names a key on the full screen.
    static let spoken: [Command: String] = [
        .changeModel: "model OWNER/NAME", .addImage: "image ADDRESS", .editInput: "set NAME VALUE",
        .nameHardware: "hardware NAME", .back: "no", .useAsImage: "use N", .cancelRun: "cancel N", .run: "run",
    ]

    /// What is open and has to be answered first.
    enum Question {
        case yesOrNo, hardware
    }

    /// - Parameter question: takes its answers and nothing else; nil: none is open.
    init?(line: String, question: Question?) {
        let line = line.trimmingPrefix { $0.isWhitespace }
        var end = line.endIndex
        while end > line.startIndex, line[line.index(before: end)].isWhitespace { end = line.index(before: end) }
        let text = String(line[..<end])
        guard !text.isEmpty else { return nil }
        let word = text.prefix { !$0.isWhitespace }.lowercased()
        let rest = String(text.dropFirst(word.count).drop { $0.isWhitespace })
        switch (question, word, rest) {
        case (nil, _, _): break
        case (.yesOrNo, "yes", ""), (.yesOrNo, "y", ""):
            self = .answer(true)
            return
        case (_, "no", ""), (_, "n", ""):
            self = .answer(false)
            return
        case (.hardware, "hardware", _) where !rest.isEmpty:
            self = .hardware(rest)
            return
        case (.yesOrNo, _, _):
            self = .mistake("A question is open: type yes or no.")
            return
        case (.hardware, _, _):
            self = .mistake("A question is open: type hardware NAME, hardware unknown, or no.")
            return
        }
        self = Self.command(word, rest) ?? Self.mistake(word, rest) ?? .prompt(text)
    }

    private static let words = Set(manual.compactMap { $0.usage.split(separator: " ").first.map(String.init) })
        .union(["cost", "exit", "help"])

    /// A short line that begins as a command does, or nearly: taken for the prompt it would be paid for with the next run.
    private static func mistake(_ word: String, _ rest: String) -> PlainCommand? {
        guard !rest.contains(where: \.isWhitespace) else { return nil }
        if words.contains(word) {
            return .mistake(
                "\(word) is not used so: help lists the commands. Type prompt before it if it is the prompt."
            )
        }
        guard rest.isEmpty, words.contains(where: { isNear($0, word) }) else { return nil }
        return .mistake("There is no command \(word): help lists them. Type prompt before it if it is the prompt.")
    }

    /// Whether one letter more, less or changed makes one of the other, or letters in another order.
    private static func isNear(_ one: String, _ other: String) -> Bool {
        if one.first == other.first, one.sorted() == other.sorted() { return true }
        let (short, long) = one.count < other.count ? (Array(one), Array(other)) : (Array(other), Array(one))
        guard long.count > 2, long.count - short.count <= 1 else { return false }
        let same = zip(short, long).prefix { $0 == $1 }.count
        return short.dropFirst(same + (short.count == long.count ? 1 : 0)) == long.dropFirst(same + 1)
    }

    /// An address may have blanks in it where it is surely one; quotes around it are for a shell.
    private static func address(_ rest: String) -> String? {
        for quote in ["\"", "'"] where rest.count > 2 && rest.hasPrefix(quote) && rest.hasSuffix(quote) {
            return String(rest.dropFirst().dropLast())
        }
        let begins = ["/", "~/", "./", "../", "http:", "https:", "file:", "data:"].contains { rest.hasPrefix($0) }
        return begins || !rest.contains(where: \.isWhitespace) ? rest : nil
    }

    private static func command(_ word: String, _ rest: String) -> PlainCommand? {
        switch word {
        case "prompt": .prompt(rest)
        case "model" where !rest.contains(" "): rest.isEmpty ? .mistake("Type model OWNER/NAME.") : .model(rest)
        case "models": .models(rest)
        case "image": rest.isEmpty ? .mistake("Type image ADDRESS.") : address(rest).map(PlainCommand.image)
        case "no" where rest == "images" || rest == "image": .removeImages
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
        case "hardware" where !rest.contains(where: \.isWhitespace): .hardware(rest.isEmpty ? nil : rest)
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
