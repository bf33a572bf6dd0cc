package import Pricing
package import Studio

/// What the guide of a first start does to the world: how it is done belongs to whoever reads the settings.
package struct SetUp: Sendable {
    /// Why nothing was kept, as a sentence without the secret.
    package struct Failure: Error, Hashable, Sendable {
        package let reason: String
        package init(_ reason: String) { self.reason = reason }
    }

    /// Asks the account's server for the token, and keeps it where the next start finds it.
    package var keepToken: @Sendable (TypedSecret) async throws(Failure) -> KeptToken
    /// Writes the limits into the settings.
    package var keepBudget: @Sendable (Budget) async throws(Failure) -> Void

    package init(
        keepToken: @escaping @Sendable (TypedSecret) async throws(Failure) -> KeptToken,
        keepBudget: @escaping @Sendable (Budget) async throws(Failure) -> Void
    ) {
        self.keepToken = keepToken
        self.keepBudget = keepBudget
    }
}

/// Keeps what was given in the guide, and tells what came of it.
struct SetUpPerformer: Sendable {
    /// nil: nothing can be set up here.
    let setUp: SetUp?
    let post: Post

    func keep(_ token: TypedSecret) async {
        guard let setUp else { return }
        do throws(SetUp.Failure) { post(.tokenKept(try await setUp.keepToken(token))) } catch {
            post(.setUpFailed(reason: error.reason))
        }
    }

    func keep(_ budget: Budget) async {
        guard let setUp else { return }
        do throws(SetUp.Failure) {
            try await setUp.keepBudget(budget)
            post(.budgetKept)
        } catch {
            post(.setUpFailed(reason: error.reason))
        }
    }
}
