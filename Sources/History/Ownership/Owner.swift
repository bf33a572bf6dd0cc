/// Who works on runs and jobs: one opened history of one process. Several on one database share the work; each run in
/// flight belongs to one of them at a time, and a run that has ended belongs to nobody.
package struct Owner: Hashable, Sendable {
    /// 32 hexadecimal digits, drawn at random: the name of the lock file.
    package let text: String

    init(text: String) { self.text = text }

    static func random() -> Owner {
        func half() -> String {
            let digits = String(UInt64.random(in: .min ... .max), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        return Owner(text: half() + half())
    }

    /// What a database says may be anything, and it becomes a file's name.
    var isWellFormed: Bool {
        text.utf8.count == 32
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }
}
