/// `KEY=VALUE` and `KEY=@FILE` as they stand on the command line.
struct InputArgument: Hashable, Sendable {
    let key: String
    let value: String

    init(key: String, value: String) {
        self.key = key
        self.value = value
    }

    /// Throws ``CommandError`` when there is no key.
    init(_ text: String) throws {
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
            throw CommandError(
                .usage,
                "\(text) is no input: write KEY=VALUE or KEY=@FILE, such as prompt=\"a red fox\""
            )
        }
        key = String(text[..<equals])
        value = String(text[text.index(after: equals)...])
    }

    /// The file to upload; nil for a value.
    var file: String? { value.hasPrefix("@") && value.count > 1 ? String(value.dropFirst()) : nil }
}
