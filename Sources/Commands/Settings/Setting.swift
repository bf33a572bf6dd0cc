/// A key of the config file as people are told of it: by `darkroom config`, in the manual page, in a sample file.
///
/// The table is also what the file is read by: a key that is not in it is refused.
struct Setting: Hashable, Sendable {
    /// The keys on the way to it: `["budget", "day"]`.
    let path: [String]
    /// What it takes, as a word in capitals or the words themselves.
    let takes: String
    /// What holds where the file does not have it; nil: nothing.
    let standard: String?
    /// A sentence without its point.
    let summary: String
    /// A value as YAML, for the sample; it need not be the standard one.
    let example: String

    /// - Parameters:
    ///   - path: keys with points between them.
    ///   - example: nil: the standard value.
    init(_ path: String, _ takes: String, standard: String?, _ summary: String, example: String? = nil) {
        self.path = path.split(separator: ".").map(String.init)
        self.takes = takes
        self.standard = standard
        self.summary = summary
        self.example = example ?? standard ?? "\"\""
    }

    /// With points between the keys.
    var name: String { path.joined(separator: ".") }

    /// Whether a file may have this key.
    ///
    /// - Parameter section: the keys above it.
    static func isKnown(_ key: String, in section: [String]) -> Bool {
        all.contains { $0.path.starts(with: section + [key]) }
    }

    /// A config file with every setting, each commented out, as it is without the file.
    static var sample: String {
        var lines = ["# Every setting is optional. `man 5 darkroom-config` has this list too."]
        var open: [String] = []
        for setting in all {
            let sections = setting.path.dropLast()
            if open != Array(sections) || sections.isEmpty { lines.append("") }
            for (depth, section) in sections.enumerated() where open.prefix(depth + 1) != sections.prefix(depth + 1) {
                lines.append("#" + String(repeating: "  ", count: depth) + "\(section):")
            }
            open = Array(sections)
            let indent = String(repeating: "  ", count: sections.count)
            lines.append("#\(indent)# \(setting.summary). \(setting.takes)")
            lines.append("#\(indent)\(setting.path[sections.count]): \(setting.example)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
