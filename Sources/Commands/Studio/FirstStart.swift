import Foundation
import Glibc
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient
import Studio
import StudioRuntime

/// The guide of a first start, as far as it reads and writes settings.
struct FirstStart: Sendable {
    let context: CommandContext
    /// Without a token.
    let settings: Settings

    /// Whether a token or the demo was chosen once: the guide does not come by itself again.
    var isDone: Bool { access(settings.paths.guideMark.path, F_OK) == 0 }

    /// Remembers that something was chosen. What cannot be written only brings the guide again.
    func finish() {
        guard !isDone else { return }
        try? Paths.make(settings.paths.state)
        _ = FileManager.default.createFile(atPath: settings.paths.guideMark.path, contents: nil)
    }

    /// The guide as it begins.
    var guide: Guide {
        let home = context.surroundings.home.path
        let file = settings.paths.tokenFile.path
        return Guide(
            host: host,
            tokenFile: home.count > 1 && file.hasPrefix(home + "/") ? "~" + file.dropFirst(home.count) : file,
            budget: settings.spending.budget
        )
    }

    /// With its port where it is not the usual one.
    private var host: String {
        let name = settings.baseURL.host() ?? settings.baseURL.absoluteString
        return settings.baseURL.port.map { "\(name):\($0)" } ?? name
    }

    /// What the guide's answers do.
    var setUp: SetUp {
        SetUp(
            keepToken: { typed throws(SetUp.Failure) in try await keep(typed) },
            keepBudget: { budget throws(SetUp.Failure) in try keep(budget) }
        )
    }

    private func keep(_ typed: TypedSecret) async throws(SetUp.Failure) -> KeptToken {
        guard let token = Token(typed.text) else { throw SetUp.Failure("This is no token: it has blanks or signs") }
        var settings = settings
        settings.token = token
        let account = try await account(of: token, settings)
        let file = settings.paths.tokenFile
        do throws(SettingsFile.Mistake) { try TokenFile.keep(typed.text, at: file) } catch {
            throw SetUp.Failure(error.description)
        }
        return KeptToken(account: account.username, file: file.path)
    }

    /// How long a person waits for the answer; the client alone would try again for minutes.
    private static let patience = 20

    private func account(of token: Token, _ settings: Settings) async throws(SetUp.Failure) -> Account {
        do {
            let client = try Composition.client(context, settings)
            return try await withThrowingTaskGroup(of: Account.self) { group in
                defer { group.cancelAll() }
                group.addTask { try await client.account() }
                group.addTask { [host] in
                    try await Task.sleep(for: .seconds(Self.patience))
                    throw SetUp.Failure("\(host) has not answered for \(Self.patience) seconds: is there a network?")
                }
                guard let first = try await group.next() else { throw CancellationError() }
                return first
            }
        } catch let error as SetUp.Failure {
            throw error
        } catch let error as APIError where error.code == .nameNotFound {
            throw SetUp.Failure("\(host) was not found: is there a network? The demo needs none.")
        } catch let error as APIError {
            throw SetUp.Failure(token.removed(from: error.explanation))
        } catch {
            throw SetUp.Failure(token.removed(from: "\(error)"))
        }
    }

    private func keep(_ budget: Budget) throws(SetUp.Failure) {
        do throws(SettingsFile.Mistake) {
            try BudgetEntry.write(budget, over: settings.spending.budget, to: settings.paths.configFile)
        } catch {
            throw SetUp.Failure(error.description)
        }
    }
}
