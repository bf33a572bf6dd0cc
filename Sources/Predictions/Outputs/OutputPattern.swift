import Foundation

/// How saved files are named below a folder: text with fields in braces, such as `{key}-{index}.{ext}`.
///
/// `{{` and `}}` are braces themselves. What stands in a field cannot leave its folder, whatever it is.
package struct OutputPattern: Hashable, Sendable {
    package enum Field: String, CaseIterable, Sendable {
        /// The key under which the run was ordered.
        case key
        /// The place of the file among those of its run, from 0.
        case index
        /// The place of the run among those of one order, from 0.
        case run
        /// What the file is, such as `webp`.
        case ext
        /// Words of the prompt.
        case prompt
        /// `owner-name`.
        case model
        case seed
        /// The day of the order: `2026-11-24`.
        case date
        /// The prediction's id.
        case id
    }

    private enum Piece: Hashable, Sendable {
        case text(String)
        case field(Field)
    }

    /// Why a pattern cannot be one; a sentence.
    package struct Mistake: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    private var pieces: [Piece]

    package init(_ text: String) throws(Mistake) {
        var pieces: [Piece] = []
        var rest = Substring(text)
        while let character = rest.first {
            if rest.hasPrefix("{{") || rest.hasPrefix("}}") {
                pieces.append(.text(String(character)))
                rest = rest.dropFirst(2)
            } else if character == "{" {
                let name = rest.dropFirst().prefix { $0 != "}" }
                guard rest.dropFirst(name.count + 1).first == "}", let field = Field(rawValue: String(name)) else {
                    let names = Field.allCases.map { "{\($0.rawValue)}" }.joined(separator: ", ")
                    throw Mistake(description: "{\(name)} is no field of a name: \(names)")
                }
                pieces.append(.field(field))
                rest = rest.dropFirst(name.count + 2)
            } else {
                let plain = rest.prefix { $0 != "{" && $0 != "}" }
                let length = max(plain.count, 1)
                pieces.append(.text(String(rest.prefix(length))))
                rest = rest.dropFirst(length)
            }
        }
        // So that the ending of a name stands in one piece.
        self.pieces = pieces.reduce(into: []) { merged, piece in
            if case .text(let text) = piece, case .text(let before)? = merged.last {
                merged[merged.count - 1] = .text(before + text)
            } else {
                merged.append(piece)
            }
        }
        let parts = self.text.split(separator: "/", omittingEmptySubsequences: false)
        if pieces.isEmpty || parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) {
            throw Mistake(description: "\(text) is no name below a folder")
        }
    }

    /// The name itself, without fields.
    package init(literal name: String) { pieces = [.text(name)] }

    /// As ``init(_:)`` reads it.
    package var text: String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text.replacing("{", with: "{{").replacing("}", with: "}}")
            case .field(let field): "{\(field.rawValue)}"
            }
        }.joined()
    }

    package func has(_ field: Field) -> Bool { pieces.contains(.field(field)) }

    /// The pattern with `.{ext}` at its end where nothing says what the file is.
    package var withEnding: OutputPattern {
        let last = text.split(separator: "/").last ?? ""
        guard !has(.ext), !last.contains(".") else { return self }
        var pattern = self
        pattern.pieces += [.text("."), .field(.ext)]
        return pattern
    }

    /// The pattern for one run of an order of `count` runs, so that no two of them have one name.
    package func forRun(_ run: Int, of count: Int) -> OutputPattern {
        var pattern = self
        if has(.run) {
            pattern.pieces = pieces.map { $0 == .field(.run) ? .text("\(run)") : $0 }
        } else if count > 1, let place = pieces.firstIndex(of: .field(.index)) {
            pattern.pieces.insert(.text("\(run)-"), at: place)
        } else if count > 1, run > 0, !has(.id) {
            pattern.add("-\(run + 1)")
        }
        return pattern
    }

    /// Adds to the name before its ending.
    private mutating func add(_ text: String) {
        if let place = pieces.lastIndex(of: .field(.ext)), place > 0, case .text(let before) = pieces[place - 1],
            before.hasSuffix(".")
        {
            pieces[place - 1] = .text(before.dropLast() + text + ".")
        } else if case .text(let last)? = pieces.last, let dot = last.lastIndex(of: "."),
            !last[dot...].contains("/"), dot > last.startIndex, last[last.index(before: dot)] != "/"
        {
            pieces[pieces.count - 1] = .text(last[..<dot] + text + last[dot...])
        } else {
            pieces.append(.text(text))
        }
    }

    /// What stands in the fields; `run` is known before there is a name.
    struct Values {
        var key: String?
        var index: Int
        var ext: String
        var prompt: String
        var model: String
        var seed: String?
        var date: String
        var id: String
    }

    /// The path below the folder, and without its ending.
    func name(_ values: Values) -> (path: String, stem: String, ending: String) {
        var pattern = self
        // Not as runs are told apart: the second file of the first run is not the first of the second.
        if values.index > 0, !has(.index) { pattern.add("_\(values.index + 1)") }
        let path = pattern.pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .field(let field): Self.harmless(Self.value(of: field, values))
            }
        }.joined()
        let file = path.split(separator: "/").last.map(String.init) ?? path
        // `tar.gz` is one ending where the file's type says so.
        if !values.ext.isEmpty, has(.ext), file.hasSuffix(".\(values.ext)"), file.count > values.ext.count + 1 {
            return (path, String(file.dropLast(values.ext.count + 1)), values.ext)
        }
        guard let dot = file.lastIndex(of: "."), dot > file.startIndex else { return (path, file, "") }
        return (path, String(file[..<dot]), String(file[file.index(after: dot)...]))
    }

    private static func value(of field: Field, _ values: Values) -> String {
        switch field {
        case .key: values.key ?? "none"
        case .index: "\(values.index)"
        case .run: "0"
        case .ext: values.ext
        case .prompt: OutputName.slug(values.prompt, most: 48)
        case .model: values.model
        case .seed: values.seed ?? "none"
        case .date: values.date
        case .id: values.id
        }
    }

    /// Letters, digits, `.`, `_` and `-`, at most 120 bytes, and no dot in front.
    private static func harmless(_ text: String) -> String {
        var name = ""
        for character in text {
            let isPlain = character.isLetter || character.isNumber || "._-".contains(character)
            let next = isPlain ? character : "-"
            guard name.utf8.count + next.utf8.count <= 120 else { break }
            if name.isEmpty, next == "." { continue }
            name.append(next)
        }
        return name.isEmpty ? "none" : name
    }
}
