import FileTypes

/// What the beginning of a 3D model says of it.
enum ModelFacts {
    /// In a few words each; empty: nothing.
    static func words(_ source: ByteSource, _ type: FileType?) -> [String] {
        switch type {
        case .glb?: return source.littleEndian(at: 4, bytes: 4).map { ["glTF \($0)"] } ?? []
        case .ply?: return ply(source)
        default: return type?.fileExtension == "stl" ? stl(source) : []
        }
    }

    /// Lines such as `element vertex 1024`.
    private static func ply(_ source: ByteSource) -> [String] {
        let lines = String(decoding: source.prefix(4096), as: UTF8.self).split(whereSeparator: \.isNewline)
        return lines.prefix { $0 != "end_header" }.compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 3, words[0] == "element", let count = Int(words[2]) else { return nil }
            return words[1] == "vertex" ? "\(count) vertices" : words[1] == "face" ? "\(count) faces" : nil
        }
    }

    /// A binary file has 50 bytes for each triangle.
    private static func stl(_ source: ByteSource) -> [String] {
        guard let count = source.littleEndian(at: 80, bytes: 4), source.count == 84 + count * 50 else { return [] }
        return ["\(count) triangles"]
    }
}
