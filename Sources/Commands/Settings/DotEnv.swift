import Foundation

/// `.env` files: `KEY=value`, with quotes, `export` and comments as shells write them. What cannot be read is skipped.
enum DotEnv {
    static func parse(_ text: String) -> [String: String] {
        var values: [String: String] = [:]
        let content = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        for line in content.split(whereSeparator: \.isNewline) {
            guard let (key, value) = assignment(line) else { continue }
            values[key] = value
        }
        return values
    }

    private static func assignment(_ line: Substring) -> (String, String)? {
        var rest = line.drop(while: \.isWhitespace)
        if rest.hasPrefix("export"), rest.dropFirst(6).first?.isWhitespace == true {
            rest = rest.dropFirst(6).drop(while: \.isWhitespace)
        }
        guard let equals = rest.firstIndex(of: "=") else { return nil }
        let key = rest[..<equals].trimmingCharacters(in: .whitespaces)
        guard !key.isEmpty, !key.hasPrefix("#"), key.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
        else { return nil }
        return (key, value(rest[rest.index(after: equals)...].drop(while: \.isWhitespace)))
    }

    private static func value(_ text: Substring) -> String {
        guard let quote = text.first, quote == "\"" || quote == "'" else {
            // A comment begins with a sign that stands alone: `a#b` is a value.
            var end = text.endIndex
            var previous: Character = " "
            for index in text.indices {
                if text[index] == "#", previous.isWhitespace {
                    end = index
                    break
                }
                previous = text[index]
            }
            return text[..<end].trimmingCharacters(in: .whitespaces)
        }
        var value = ""
        var isEscaped = false
        for character in text.dropFirst() {
            if isEscaped {
                value.append(["n": "\n", "t": "\t", "r": "\r"][character] ?? character)
                isEscaped = false
            } else if character == "\\", quote == "\"" {
                isEscaped = true
            } else if character == quote {
                break
            } else {
                value.append(character)
            }
        }
        return value
    }
}
