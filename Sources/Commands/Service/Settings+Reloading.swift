import Foundation

extension Settings {
    /// Why these settings must not take the place of others while a service runs; nil when they may.
    ///
    /// A file that is being written is empty for a moment, and one on a volume may be gone: that is no wish to spend
    /// without limits or to let everybody in. Who means it writes `none` or `[]`.
    func objection(replacing current: Settings) -> String? {
        guard let before = current.file else { return nil }
        let path = paths.configFile.path
        guard let file else { return "\(path) is gone: what was read from it stays in force" }
        let lost = ConfigurationFile.Protection.allCases.filter {
            before.protections.contains($0) && !file.protections.contains($0)
        }
        guard !lost.isEmpty else { return nil }
        let names = lost.map(\.rawValue).joined(separator: ", ")
        return "\(path) no longer says anything of \(names): write none, or [] for keys, to lift what was in force"
    }
}
