import Foundation
import StudioUI
import Yams

/// A theme of one's own: the roles that are to look different, as `#RRGGBB`; `base` names the theme for all others.
///
/// ```yaml
/// base: lightbox
/// focus: "#0F6A8B"
/// selection: "#1B1D25"
/// selection_background: "#E6DFCB"
/// ```
enum ThemeFile {
    typealias Mistake = ConfigurationFile.Mistake

    /// The theme of a name, or of a file where the name is none: relative to `folder`, `~` is the home. Throws ``Mistake``
    /// with a sentence.
    static func theme(_ name: String, folder: URL, home: URL) throws(Mistake) -> ThemeFamily {
        if let known = ThemeFamily.all.first(where: { $0.name == name }) { return known }
        let file = URL(filePath: Paths.expanded(name, home: home), relativeTo: folder)
        guard let text = try SettingsFile.text(at: file) else {
            let names = ThemeFamily.all.map(\.name).joined(separator: ", ")
            throw Mistake(description: "theme: \(name) is neither a theme (\(names)) nor a file")
        }
        return try read(yaml: text, path: file.path)
    }

    /// - Parameter path: for messages and as the theme's name.
    static func read(yaml: String, path: String) throws(Mistake) -> ThemeFamily {
        var base = ThemeFamily(.darkroom)
        var colors: [Role: UInt32] = [:]
        var background: UInt32?
        guard let root = try ConfigurationFile.document(yaml, path) else { return base }
        for (key, value) in try ConfigurationFile.members(root, "the theme", path) {
            if key == "base" {
                let name = try ConfigurationFile.text(value, key, path)
                let bases = ThemeFamily.all
                guard let known = bases.first(where: { $0.name == name }) else {
                    let names = bases.map(\.name).joined(separator: ", ")
                    throw ConfigurationFile.mistake("base must be one of \(names)", value, path)
                }
                base = known
            } else if key == "selection_background" {
                background = try color(value, key, path)
            } else if let role = Role(rawValue: key) {
                colors[role] = try color(value, key, path)
            } else {
                let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
                throw ConfigurationFile.mistake(
                    "a theme has no \(key); it has base, \(roles), selection_background",
                    value,
                    path
                )
            }
        }
        return base.replacing(colors, selectionBackground: background, name: path)
    }

    private static func color(_ node: Node, _ key: String, _ path: String) throws(Mistake) -> UInt32 {
        let text = try ConfigurationFile.text(node, key, path)
        guard text.hasPrefix("#"), text.count == 7, let rgb = UInt32(text.dropFirst(), radix: 16) else {
            throw ConfigurationFile.mistake("\(key) must be a colour such as \"#7CC0D8\", in quotes", node, path)
        }
        return rgb
    }
}
