import Foundation
package import ReplicateAPI

/// Parts the inputs of a run into those that may stand in a file which is given to others, and those that may not.
package struct KeptInputs: Hashable, Sendable {
    package private(set) var kept: JSONObject = [:]
    /// Names of the others, sorted.
    package private(set) var omitted: [String] = []

    /// Leaves out what is null, which says nothing; and, with its name, what a model calls by the name of a secret without
    /// saying that it is one, keys of known services, files of the person's own machine, files that stand in the input
    /// itself, and addresses that grant access.
    package init(_ inputs: JSONObject) {
        for (name, value) in inputs where !value.isNull {
            if Self.namesSecret(name) || value.strings.contains(where: Self.isPrivate) {
                omitted.append(name)
            } else {
                kept[name] = value
            }
        }
        omitted.sort()
    }

    /// `hf_token`, `openai_api_key`, `accessToken`, `password`; not `max_tokens` or `keyframes`.
    static func namesSecret(_ name: String) -> Bool {
        let words = words(of: name)
        let isKey = words.last == "key" || words.last == "apikey"
        return isKey || words.contains(where: secretWords.contains)
    }

    private static let secretWords: Set<String> = [
        "token", "secret", "password", "passphrase", "credential", "credentials",
    ]

    /// In lower case, parted by signs and blanks, and where a capital follows a small letter.
    private static func words(of name: String) -> [String] {
        var words = [""]
        var isAfterSmall = false
        for character in name {
            let isPart = character.isLetter || character.isNumber
            if !isPart || (isAfterSmall && character.isUppercase) { words.append("") }
            if isPart { words[words.count - 1] += character.lowercased() }
            isAfterSmall = character.isLowercase
        }
        return words.filter { !$0.isEmpty }
    }

    private static func isPrivate(_ text: String) -> Bool {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let start = text.prefix(16).lowercased()
        if ["data:", "file:", "~/", "r8_", "hf_", "sk-"].contains(where: start.hasPrefix) { return true }
        // One word that begins at the root: a path. More words may be a command of a prompt.
        if text.hasPrefix("/"), !text.contains(where: \.isWhitespace) { return true }
        guard start.hasPrefix("http://") || start.hasPrefix("https://"), let address = URLComponents(string: text)
        else {
            return false
        }
        let names = (address.queryItems ?? []).map { $0.name.lowercased() }
        return address.user != nil
            || names.contains { name in
                ["sig", "token", "key", "secret", "auth", "credential", "password", "expir", "policy"]
                    .contains(where: name.contains)
            }
    }
}
