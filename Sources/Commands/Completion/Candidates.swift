import Foundation
import History
import Pricing
import ReplicateAPI

/// What a shell may complete: names that this machine knows. Nothing is asked of the network, and what cannot be read is
/// no candidate.
struct Candidates {
    private let store: HistoryStore?
    private let prices: PriceBook
    /// Of commands that name no model.
    var imageModel = DefaultModel.image
    var videoModel = DefaultModel.video

    /// - Parameter store: nil: there is no history.
    init(store: HistoryStore?, prices: PriceBook) {
        self.store = store
        self.prices = prices
    }

    /// Those of the person that runs the program. A history that is not there is not made.
    static func known(in surroundings: Surroundings = .current) -> Candidates {
        let environment = surroundings.environment
        let paths = Paths(
            environment: environment,
            home: surroundings.home,
            dataDir: environment["DARKROOM_DATA_DIR"]
        )
        let path = paths.database.path
        let store =
            FileManager.default.fileExists(atPath: path) ? try? HistoryStore.open(path: path, access: .serial) : nil
        var known = Candidates(store: store, prices: (try? Composition.priceBook(paths)) ?? .builtIn)
        let text = (try? SettingsFile.text(at: paths.configFile)) ?? nil
        if let file = text.flatMap({ try? ConfigurationFile(yaml: $0, path: paths.configFile.path) }) {
            known.imageModel = file.imageModel ?? known.imageModel
            known.videoModel = file.videoModel ?? known.videoModel
        }
        return known
    }

    /// `owner/name`: those that ran last, then those with a price.
    var models: [String] {
        let recent = ((try? store?.models.recent()) ?? []).map(\.path)
        let known = Set(recent)
        return recent + prices.models.values.map(\.model).filter { !known.contains($0) }.sorted()
    }

    /// Ids of the newest runs: the server's, or their own where there is none.
    var runs: [String] {
        ((try? store?.runs(limit: 100)) ?? []).map { $0.prediction?.id.rawValue ?? $0.id }
    }

    /// As ``runs``, of those that have not ended.
    var activeRuns: [String] {
        ((try? store?.inFlight()) ?? []).map { $0.prediction?.id.rawValue ?? $0.id }
    }

    /// Words that runs were tagged with.
    var tags: [String] { (try? store?.tags()) ?? [] }

    var hardware: [String] { prices.hardwareByPrice.map(\.sku) }

    /// `NAME=` for each input of the model that `words` name, or `NAME=VALUE` where the word has got so far and the values
    /// are few.
    ///
    /// - Parameters:
    ///   - words: of the command line, before the one that is completed.
    ///   - word: as far as it is typed.
    func inputs(after words: [String], _ word: String) -> [String] {
        let line = TypedWords(words, word)
        let offered = inputs(on: line.words, line.last)
        // A shell that breaks words at these signs replaces what stands behind the last of them.
        guard line.isBroken, let end = line.last.lastIndex(where: TypedWords.breaks.contains) else { return offered }
        let kept = line.last[...end]
        return offered.filter { $0.hasPrefix(kept) }.map { String($0.dropFirst(kept.count)) }
    }

    private func inputs(on words: [String], _ word: String) -> [String] {
        guard let path = words.lazy.compactMap({ ModelReference($0)?.path }).first ?? standardModel(of: words),
            let model = (try? store?.models.model(path))??.model, let schema = model.latestVersion?.inputSchema
        else { return [] }
        guard let equals = word.firstIndex(of: "=") else {
            let given = Set(words.filter { $0.contains("=") }.map { String($0.prefix { $0 != "=" }) })
            return schema.fields.map(\.name).filter { !given.contains($0) }.map { "\($0)=" }
        }
        let name = String(word[..<equals])
        return schema[name].map(Self.values)?.map { "\(name)=\($0)" } ?? []
    }

    /// What a command runs that names no model.
    private func standardModel(of words: [String]) -> String? {
        words.lazy.compactMap { word in
            switch word {
            case "image": imageModel
            case "video": videoModel
            default: nil
            }
        }.first
    }

    /// All values that an input can have, where they are few.
    private static func values(of field: InputField) -> [String] {
        field.type.alternatives.flatMap { alternative -> [String] in
            switch alternative.kind {
            case .choice(let values): values.map(\.plain)
            case .boolean: ["true", "false"]
            case .text, .secret, .integer, .number, .file, .files, .texts, .list, .object, .union, .json: []
            }
        }
    }
}

/// The words of a command line as a person sees them. bash breaks them at `=` and `:`, and hands the signs over as words.
struct TypedWords: Hashable {
    static let breaks: Set<Character> = ["=", ":"]

    private(set) var words: [String]
    /// The one that is completed, as far as it is typed.
    private(set) var last: String
    /// Whether ``last`` was handed over in pieces.
    private(set) var isBroken = false

    init(_ words: [String], _ word: String) {
        var whole: [String] = []
        var goesOn = false
        for piece in words + [word] {
            let isBreak = !piece.isEmpty && piece.allSatisfy(Self.breaks.contains)
            if !whole.isEmpty, isBreak || goesOn {
                whole[whole.count - 1] += piece
                isBroken = true
            } else {
                whole.append(piece)
                isBroken = false
            }
            goesOn = isBreak
        }
        last = whole.removeLast()
        self.words = whole
    }
}
