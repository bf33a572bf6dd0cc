import FileTypes

/// What lies in an archive, as far as it says without being unpacked.
struct ArchiveContents: Equatable {
    /// Names that are kept.
    static let mostNames = 40
    private static let mostDirectory = 1 << 16
    private static let mostHeaders = 4096

    /// Files and folders.
    var count: Int
    /// The first of them.
    var names: [String]

    /// nil: it does not say, or contradicts itself.
    init?(_ source: ByteSource, _ type: FileType?) {
        let contents: ArchiveContents? =
            switch type {
            case .zip?: Self.zip(source)
            case .tar?: Self.tar(source)
            default: nil
            }
        guard let contents else { return nil }
        self = contents
    }

    private init(count: Int, names: [String]) {
        self.count = count
        self.names = names
    }

    /// The directory at the end, and before it the one with 64-bit numbers where these have no room.
    private static func zip(_ source: ByteSource) -> ArchiveContents? {
        let length = min(source.count, 22 + 0xFFFF)
        let tail = source.bytes(at: source.count - length, count: length) ?? []
        guard let place = tail.indices.reversed().first(where: { tail[$0...].starts(with: [0x50, 0x4B, 5, 6]) }) else {
            return nil
        }
        let end = source.count - length + place
        guard var count = source.littleEndian(at: end + 10, bytes: 2),
            var start = source.littleEndian(at: end + 16, bytes: 4)
        else { return nil }
        if count == 0xFFFF || start == 0xFFFF_FFFF, source.bytes(at: end - 20, count: 4) == [0x50, 0x4B, 6, 7],
            let long = source.littleEndian(at: end - 12, bytes: 8),
            source.bytes(at: long, count: 4) == [0x50, 0x4B, 6, 6],
            let longCount = source.littleEndian(at: long + 32, bytes: 8),
            let longStart = source.littleEndian(at: long + 48, bytes: 8)
        {
            (count, start) = (longCount, longStart)
        }
        return ArchiveContents(count: count, names: zipNames(source, from: start, to: end))
    }

    private static func zipNames(_ source: ByteSource, from start: Int, to end: Int) -> [String] {
        guard start < end else { return [] }
        let directory = ByteSource(source.bytes(at: start, count: min(end - start, mostDirectory)) ?? [])
        var names: [String] = []
        var offset = 0
        while names.count < mostNames, directory.bytes(at: offset, count: 4) == [0x50, 0x4B, 1, 2],
            let name = directory.littleEndian(at: offset + 28, bytes: 2),
            let extra = directory.littleEndian(at: offset + 30, bytes: 2),
            let comment = directory.littleEndian(at: offset + 32, bytes: 2),
            let bytes = directory.bytes(at: offset + 46, count: name)
        {
            names.append(String(decoding: bytes, as: UTF8.self))
            offset += 46 + name + extra + comment
        }
        return names
    }

    /// A header of 512 bytes before each file; nil: there are more than anybody wants to wait for.
    private static func tar(_ source: ByteSource) -> ArchiveContents? {
        var names: [String] = []
        var count = 0
        var offset = 0
        while let name = source.bytes(at: offset, count: 100), name[0] != 0 {
            guard count < mostHeaders, let digits = source.bytes(at: offset + 124, count: 12),
                let kind = source.number(at: offset + 156, bytes: 1)
            else { return nil }
            let text = String(decoding: digits.prefix { $0 != 0 && $0 != 0x20 }, as: UTF8.self)
            guard let size = Int(text, radix: 8), size >= 0, size <= source.count else { return nil }
            // Others hold only more of a name or of what is known of a file.
            if [0, UInt8(ascii: "0"), UInt8(ascii: "5")].contains(UInt8(clamping: kind)) {
                if names.count < mostNames { names.append(String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)) }
                count += 1
            }
            offset += 512 + (size + 511) / 512 * 512
        }
        return ArchiveContents(count: count, names: names)
    }
}
