/// Sizes of files in a few characters.
enum ByteCount {
    /// `412 kB`, `1.4 MB`: powers of a thousand, as download pages count.
    static func text(_ bytes: Int) -> String {
        switch bytes {
        case ..<1_000: "\(bytes) B"
        // What would be rounded to a thousand is one of the next unit.
        case ..<999_500: "\((bytes + 500) / 1_000) kB"
        case ..<999_950_000: "\(tenths(bytes, of: 1_000_000)) MB"
        default: "\(tenths(bytes, of: 1_000_000_000)) GB"
        }
    }

    private static func tenths(_ bytes: Int, of unit: Int) -> String {
        let tenths = (bytes * 10 + unit / 2) / unit
        return "\(tenths / 10).\(tenths % 10)"
    }
}
