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
