import Foundation
import Money
import Pricing

/// Writes budgets into the config file without touching a line that a person wrote.
enum BudgetEntry {
    typealias Mistake = SettingsFile.Mistake

    /// Adds `budget:` at the end of the file, or makes the file. Throws ``SettingsFile/Mistake`` with a sentence, and leaves the
    /// file as it was, where it has budgets already or would not be read as it should afterwards.
    ///
    /// - Parameter known: limits without the entry; only what differs from them is written.
    static func write(_ budget: Budget, over known: Budget, to file: URL) throws(Mistake) {
        let before = try SettingsFile.text(at: file) ?? ""
        let old = try ConfigurationFile(yaml: before, path: file.path)
        guard old.budget == Budget.standard, old.protections.isEmpty else {
            throw Mistake(description: "\(file.path) has budgets already: change them there")
        }
        let text = before + (before.isEmpty || before.hasSuffix("\n") ? "" : "\n") + entry(budget, over: known)
        let new: ConfigurationFile
        do throws(Mistake) { new = try ConfigurationFile(yaml: text, path: file.path) } catch {
            throw Mistake(
                description: "\(file.path) is written so that nothing can be added: put the budgets in yourself"
            )
        }
        guard new.budget == budget, new.outputs == old.outputs, new.keys == old.keys else {
            throw Mistake(
                description: "\(file.path) is written so that nothing can be added: put the budgets in yourself"
            )
        }
        try OwnFile.replace(file, with: text, keepsMode: true)
    }

    private static func entry(_ budget: Budget, over known: Budget) -> String {
        let limits: [(String, KeyPath<Budget, Money?>)] = [
            ("ask_above", \.askAbove), ("run", \.run), ("session", \.session), ("day", \.day), ("month", \.month),
        ]
        let lines = limits.filter { budget[keyPath: $0.1] != known[keyPath: $0.1] }.map { name, path in
            "  \(name): \(budget[keyPath: path]?.exactDigits ?? "none")\n"
        }
        return lines.isEmpty ? "" : "budget:\n" + lines.joined()
    }
}
