import Money
package import Pricing

/// What a person without a token is led through at the first start: what to begin with, what may be spent, how pictures
/// are shown.
package struct Guide: Hashable, Sendable {
    /// The screens in their order.
    package enum Step: Int, CaseIterable, Hashable, Sendable {
        case beginning, budget, pictures
    }

    /// What can be begun with.
    package enum Beginning: Int, CaseIterable, Hashable, Sendable {
        /// The built-in sandbox.
        case demo
        /// The person's account, by its token.
        case account
    }

    /// How far the check of a token is.
    package enum Progress: Hashable, Sendable {
        case idle
        /// The account is asked for, or settings are written.
        case working
        /// What went wrong, as a sentence.
        case failed(String)
    }

    /// A limit while it is typed.
    package struct Limit: Hashable, Sendable {
        package enum Kind: String, CaseIterable, Hashable, Sendable {
            case askAbove, run, day, month
        }

        package let kind: Kind
        /// An amount in USD, or `none`.
        package internal(set) var text: TextEditor

        /// The amount; nil within: none. nil: neither an amount nor none.
        var amount: Money?? {
            let typed = text.text.filter { !$0.isWhitespace }
            if typed == "none" { return .some(nil) }
            return Money(typed).map { .some($0) }
        }
    }

    /// The screen that is shown.
    package internal(set) var step = Step.beginning
    /// What is chosen on the first screen.
    package internal(set) var beginning = Beginning.demo
    package internal(set) var progress = Progress.idle
    /// What was typed for a token; empty as soon as it is checked.
    package internal(set) var token = TypedSecret()
    /// Whose token was kept, and in which file; nil: none was.
    package internal(set) var kept: KeptToken?
    package internal(set) var limits: [Limit]
    /// The limit that keys go to, by its place.
    package internal(set) var selection = 0
    /// The API's host, which the token goes to.
    package let host: String
    /// The file that a token is kept in.
    package let tokenFile: String

    /// Limits as they were when the guide began.
    let budget: Budget

    /// - Parameters:
    ///   - host: the API's, which a token is sent to.
    ///   - tokenFile: where a token will be kept, for a person.
    ///   - budget: what the limits are without this guide.
    package init(host: String, tokenFile: String, budget: Budget) {
        self.host = host
        self.tokenFile = tokenFile
        self.budget = budget
        limits = Limit.Kind.allCases.map { kind in
            let text = budget[keyPath: kind.path]?.exactDigits ?? "none"
            return Limit(kind: kind, text: TextEditor(text, isMultiline: false, limit: 12))
        }
    }

    /// The budget as it is typed, or the place of the first limit that is no amount.
    var typedBudget: Result<Budget, WrongLimit> {
        var typed = budget
        for (index, limit) in limits.enumerated() {
            guard let amount = limit.amount else { return .failure(WrongLimit(index: index)) }
            typed[keyPath: limit.kind.path] = amount
        }
        // One sitting may spend what a day may: a limit that the guide does not show must not be in the way.
        if typed.day != budget.day { typed.session = typed.day }
        return .success(typed)
    }

    struct WrongLimit: Error, Hashable { let index: Int }
}

/// A token that the account's server knows and that a file keeps.
package struct KeptToken: Hashable, Sendable {
    /// The account's name; not safe for a terminal yet.
    package let account: String
    package let file: String

    package init(account: String, file: String) {
        self.account = account
        self.file = file
    }
}

extension Guide.Limit.Kind {
    fileprivate var path: WritableKeyPath<Budget, Money?> {
        switch self {
        case .askAbove: \.askAbove
        case .run: \.run
        case .day: \.day
        case .month: \.month
        }
    }
}
