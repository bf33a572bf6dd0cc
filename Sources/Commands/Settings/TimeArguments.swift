import ArgumentParser
import Foundation
import ReplicateAPI
import Search

extension Moment: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument, now: Date(), calendar: .current) }
}

extension TimeSpan: ExpressibleByArgument, CustomStringConvertible {
    package init?(argument: String) { self.init(argument) }
    package var description: String { seconds.shortText }
    package var defaultValueDescription: String { description }
}

/// Seconds between two questions to the server, as an option gives them.
enum QuestionInterval {
    /// A day, in seconds.
    static let longest = 86_400.0

    /// Throws `ValidationError` unless it is above zero and at most ``longest``.
    static func check(_ seconds: Double) throws {
        guard seconds > 0, seconds <= longest else {
            throw ValidationError("--interval must be above zero, and at most \(longest.shortText): a day in seconds.")
        }
    }
}
