package import Foundation
package import Money

/// Which runs of the history are meant: every term narrows it. Without a term, all of them.
///
/// The one form of a search: terms that a person types (``init(parsing:now:calendar:)``) and the options of a command make
/// the same value, the history turns it into SQL, and ``matches(_:)`` says the same of one run.
package struct RunQuery: Hashable, Sendable {
    /// One condition, or its opposite.
    package struct Term: Hashable, Sendable {
        /// What must hold, or must not.
        package let condition: Condition
        /// The runs are meant for which the condition does not hold.
        package let isExcluded: Bool

        /// Holds where the condition does, unless it is excluded.
        package init(_ condition: Condition, isExcluded: Bool = false) {
            self.condition = condition
            self.isExcluded = isExcluded
        }
    }

    /// What can be asked of a run.
    package enum Condition: Hashable, Sendable {
        /// Stands somewhere in prompt, model, names of files, tags or note; folded by ``SearchText/folded(_:)``, not empty.
        case word(String)
        /// Part of `owner/name:version`, in lower case.
        case model(String)
        /// `owner/name`, of any version, or `owner/name:version`; in lower case.
        case wholeModel(String)
        /// The status is this word, as the history has it.
        case status(String)
        /// Something may still change without anybody doing anything.
        case isActive
        /// What it has cost; no unknown cost compares with anything.
        case cost(Comparison, Money)
        /// Nobody knows what it has cost, or it has not ended.
        case costIsUnknown
        /// Created at this moment or later.
        case since(Date)
        /// Created before this moment.
        case until(Date)
        /// One of the tags; folded.
        case tag(String)
        /// The key it was ordered under.
        case key(String)
        /// A person has marked it as a favourite.
        case isFavourite
        /// 1…5; a run without a rating compares with nothing.
        case rating(Comparison, Int)
        /// Nobody has rated it.
        case isUnrated
    }

    /// How a number has to stand to another.
    package enum Comparison: Hashable, Sendable {
        case less, atMost, equal, atLeast, more

        /// Whether `left` stands to `right` like that.
        package func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
            switch self {
            case .less: left < right
            case .atMost: left <= right
            case .equal: left == right
            case .atLeast: left >= right
            case .more: left > right
            }
        }
    }

    /// All must hold.
    package private(set) var terms: [Term] = []

    /// Every run.
    package init() {}

    /// The runs of which all of these hold.
    package init(_ terms: [Term]) { self.terms = terms }

    /// Every run is meant.
    package var isEmpty: Bool { terms.isEmpty }

    /// Narrows it further.
    package mutating func add(_ condition: Condition, isExcluded: Bool = false) {
        terms.append(Term(condition, isExcluded: isExcluded))
    }

    /// Narrows it by everything that narrows the other one.
    package mutating func add(_ other: RunQuery) { terms += other.terms }
}

/// What a query and an order look at of one run.
package struct RunFacts: Sendable {
    /// ``SearchText`` of the run and of what a person has added, one after the other.
    package var text: String
    /// `owner/name` or `owner/name:version`.
    package var model: String
    /// As the history has it.
    package var status: String
    package var createdAt: Date
    /// nil: it has not ended.
    package var finishedAt: Date?
    /// nil: it is not known, or the run has not ended.
    package var cost: Money?
    /// nil: none.
    package var key: String?
    package var isFavourite: Bool
    /// 1…5; nil: none.
    package var rating: Int?

    /// Puts together what a query may ask for.
    package init(
        text: String,
        model: String,
        status: String,
        createdAt: Date,
        finishedAt: Date? = nil,
        cost: Money? = nil,
        key: String? = nil,
        isFavourite: Bool = false,
        rating: Int? = nil
    ) {
        self.text = text
        self.model = model
        self.status = status
        self.createdAt = createdAt
        self.finishedAt = finishedAt
        self.cost = cost
        self.key = key
        self.isFavourite = isFavourite
        self.rating = rating
    }
}

extension RunQuery {
    /// Words of `status` that are no end: all others are, but those that nobody has heard of.
    package static let activeWords = ["queued", "sending", "unclear", "starting", "processing"]
    /// Words of `status` after which nothing changes by itself.
    package static let endedWords = ["succeeded", "failed", "canceled", "aborted", "refused", "not found", "forgotten"]

    /// Whether the run is meant; the history's SQL says the same.
    package func matches(_ run: RunFacts) -> Bool {
        terms.allSatisfy { Self.holds($0.condition, run) != $0.isExcluded }
    }

    private static func holds(_ condition: Condition, _ run: RunFacts) -> Bool {
        switch condition {
        case .word(let word): contains(run.text, word)
        case .tag(let tag): contains(run.text, SearchText.tagged(tag))
        case .model(let part): contains(run.model.lowercased(), part)
        case .wholeModel(let path): run.model.lowercased() == path || run.model.lowercased().hasPrefix(path + ":")
        case .status(let word): run.status == word
        case .isActive: !endedWords.contains(run.status)
        case .cost(let comparison, let amount): run.cost.map { comparison.holds($0, amount) } ?? false
        case .costIsUnknown: run.cost == nil
        case .since(let date): run.createdAt >= date
        case .until(let date): run.createdAt < date
        case .key(let key): run.key == key
        case .isFavourite: run.isFavourite
        case .rating(let comparison, let stars): run.rating.map { comparison.holds($0, stars) } ?? false
        case .isUnrated: run.rating == nil
        }
    }

    /// By bytes, as SQLite does: both are folded.
    private static func contains(_ text: String, _ part: String) -> Bool {
        var text = text
        var part = part
        return text.withUTF8 { text in
            part.withUTF8 { part in
                guard let first = part.first else { return true }
                var start = 0
                while start + part.count <= text.count {
                    if text[start] == first,
                        UnsafeBufferPointer(rebasing: text[start..<(start + part.count)]).elementsEqual(part)
                    {
                        return true
                    }
                    start += 1
                }
                return false
            }
        }
    }
}
