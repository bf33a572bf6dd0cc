import ArgumentParser
import Foundation
import Predictions
import Pricing
import Testing

@testable import Commands

/// What a service takes from a config file that is read again.
struct ReloadingTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// - Parameter config: nil: there is no file.
    private func settings(_ config: String?) throws -> Settings {
        try? FileManager.default.removeItem(at: folder.file(".config/darkroom/config.yaml"))
        if let config { try folder.write(config, to: ".config/darkroom/config.yaml") }
        let surroundings = Surroundings(environment: [:], home: folder.url, folder: folder.url)
        return try Settings.load(GlobalOptions.parse([]).choices, surroundings)
    }

    private static let full = """
        budget: {run: 0.5, day: 1, month: 20}
        cancel_after: 3
        service:
          keys: [a-right-key-of-the-tests]
        """

    @Test(arguments: [
        nil, "", "# nothing", "mouse: true",
        "budget: {day: 1}\ncancel_after: 3\nservice: {keys: [a-right-key-of-the-tests]}",
        "budget: {run: 0.5, day: 1, month: 20}\ncancel_after: 3",
        "budget: {run: 0.5, day: 1, month: 20}\nservice: {keys: [a-right-key-of-the-tests]}",
    ])
    func `limits and keys do not vanish with the words`(config: String?) throws {
        let before = try settings(Self.full)
        #expect(try settings(config).objection(replacing: before) != nil)
    }

    @Test(arguments: [
        full, "budget: {run: 5, day: none, month: none}\ncancel_after: none\nservice: {keys: []}",
        "\(full)\n  rate_limit: 5",
    ])
    func `they may be changed, and lifted in so many words`(config: String) throws {
        let before = try settings(Self.full)
        #expect(try settings(config).objection(replacing: before) == nil)
    }

    @Test func `what never stood in a file cannot vanish from it`() throws {
        let none = try settings(nil)
        #expect(try settings("budget: {day: 1}").objection(replacing: none) == nil)
        #expect(try settings(nil).objection(replacing: none) == nil)
        let few = try settings("mouse: true")
        #expect(try settings("service: {timeout: 9}").objection(replacing: few) == nil)
        #expect(try settings(nil).objection(replacing: few) != nil)
    }

    @Test func `lifting is what it says`() throws {
        let lifted = try settings("budget: {day: none}\ncancel_after: none")
        #expect(lifted.spending.budget.day == nil)
        #expect(lifted.spending.cancelAfter == nil)
        #expect(throws: CommandError.self) { try settings("cancel_after: never") }
    }
}
