import Foundation
import ReplicateAPI

/// What the program is made of, and under which licences: what `Scripts/licenses` wrote of a finished build.
struct Licenses: Codable, Sendable {
    /// Something with a licence of its own.
    struct Component: Codable, Hashable, Sendable {
        /// How it gets into the program.
        enum Linkage: String, Codable, Sendable {
            /// The program itself.
            case own
            /// Library of the language, linked into released programs.
            case runtime
            /// A package that is linked into the program.
            case `static`
            /// Loaded from the system when the program starts; its licence's text is with the system.
            case dynamic
            /// A package that `Package.resolved` names and of which nothing is linked.
            case none

            /// For a person.
            var text: String {
                switch self {
                case .own: "the program itself"
                case .runtime: "runtime of Swift"
                case .static: "linked in"
                case .dynamic: "loaded from the system"
                case .none: "named, not linked"
                }
            }
        }

        let name: String
        var version: String?
        /// The commit of a package's sources.
        let revision: String?
        let linkage: Linkage
        /// An SPDX expression.
        let license: String
        /// A key of ``Licenses/texts``; nil: the text is not in the program.
        let text: String?
        /// What its authors want said beside the licence.
        let notice: String?
        /// Where it is from.
        let source: String?
        /// Modules of a package that are linked.
        let modules: [String]?
        /// Names of the libraries as the linker takes them.
        let libraries: [String]?
    }

    var components: [Component]
    /// The licences in full.
    var texts: [String: String]

    /// Those of this program.
    static func known() -> Licenses {
        guard var licenses = try? JSONDecoder().decode(Licenses.self, from: Data(PackageResources.licenses_json)) else {
            preconditionFailure("the list of licences in the program cannot be read")
        }
        for index in licenses.components.indices where licenses.components[index].linkage == .own {
            licenses.components[index].version = Version.text
        }
        return licenses
    }

    /// Only the components of these names, and the texts that they need. Throws ``CommandError`` where there is none of a
    /// name.
    func only(_ names: [String]) throws -> Licenses {
        let known = components.map(\.name)
        for name in names where !known.contains(name) {
            let meant = Spelling.nearest(to: name, among: known).map { "did you mean \($0)? " } ?? ""
            throw CommandError(.notFound, "There is no \(name): \(meant)`darkroom licenses` lists them")
        }
        let named = components.filter { names.contains($0.name) }
        return Licenses(components: named, texts: texts.filter { text in named.contains { $0.text == text.key } })
    }
}
