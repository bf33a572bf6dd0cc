extension FileType {
    /// The number of bytes that ``detect(_:length:)`` reads by default; with fewer, text formats and WebM may not be
    /// recognised.
    package static let headLength = 1024

    /// Finds the type of a file by its first bytes; nil when no known type begins so.
    ///
    /// ``mp4`` stands for every video in this container except QuickTime's. For text that is neither markup nor a JSON
    /// document the result is nil; then the name must decide.
    ///
    /// - Parameters:
    ///   - head: the first bytes of the file.
    ///   - length: the number of bytes that are read; a page of HTML may begin with a long comment.
    package static func detect(_ head: some Sequence<UInt8>, length: Int = headLength) -> FileType? {
        let head = FileHead(head.prefix(length))
        return binary(head) ?? container(head) ?? Markup.type(head.bytes)
    }

    private static func binary(_ head: FileHead) -> FileType? {
        for (type, offset, signature) in signatures where head.has(signature, at: offset) { return type }
        // A frame of MPEG audio, layer III or ADTS: a sync word, and no reserved values.
        if head.bytes.count >= 4, head.bytes[0] == 0xFF, head.bytes[1] & 0xE0 == 0xE0 {
            let (layer, rate) = (head.bytes[1] >> 1 & 3, head.bytes[2] >> 4)
            if head.bytes[1] & 0xF6 == 0xF0 { return aac }
            if layer == 1, rate != 15, rate != 0, head.bytes[1] >> 3 & 3 != 1 { return mp3 }
        }
        return isSafetensors(head) ? safetensors : nil
    }

    private static let signatures: [(FileType, Int, [UInt8])] = [
        (png, 0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        (jpeg, 0, [0xFF, 0xD8, 0xFF]),
        (gif, 0, Array("GIF87a".utf8)), (gif, 0, Array("GIF89a".utf8)),
        (tiff, 0, [0x49, 0x49, 0x2A, 0x00]), (tiff, 0, [0x4D, 0x4D, 0x00, 0x2A]),
        (jxl, 0, [0xFF, 0x0A]), (jxl, 0, [0, 0, 0, 0x0C] + Array("JXL \r\n".utf8)),
        (psd, 0, Array("8BPS".utf8)), (exr, 0, [0x76, 0x2F, 0x31, 0x01]), (hdr, 0, Array("#?RADIANCE".utf8)),
        (flac, 0, Array("fLaC".utf8)), (ogg, 0, Array("OggS".utf8)),
        (mp3, 0, Array("ID3\u{2}".utf8)), (mp3, 0, Array("ID3\u{3}".utf8)), (mp3, 0, Array("ID3\u{4}".utf8)),
        (midi, 0, Array("MThd".utf8)), (flv, 0, Array("FLV\u{1}".utf8)),
        (mpeg, 0, [0, 0, 1, 0xBA]), (mpeg, 0, [0, 0, 1, 0xB3]),
        (glb, 0, Array("glTF".utf8)), (ply, 0, Array("ply\n".utf8)), (ply, 0, Array("ply\r\n".utf8)),
        (fbx, 0, Array("Kaydara FBX Binary".utf8)),
        (zip, 0, [0x50, 0x4B, 3, 4]), (zip, 0, [0x50, 0x4B, 5, 6]), (gzip, 0, [0x1F, 0x8B, 8]),
        (xz, 0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]), (bzip2, 4, Array("1AY&SY".utf8)),
        (zstd, 0, [0x28, 0xB5, 0x2F, 0xFD]),
        (sevenZip, 0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]), (rar, 0, Array("Rar!\u{1A}\u{7}".utf8)),
        (tar, 257, Array("ustar".utf8)), (pdf, 0, Array("%PDF-".utf8)),
        (gguf, 0, Array("GGUF".utf8)), (hdf5, 0, [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]),
        (npy, 0, [0x93] + Array("NUMPY".utf8)), (sqlite, 0, Array("SQLite format 3\0".utf8)),
        (parquet, 0, Array("PAR1".utf8)), (wasm, 0, [0] + Array("asm".utf8)),
    ]

    private static func container(_ head: FileHead) -> FileType? {
        if head.hasText("RIFF", at: 0) {
            if head.hasText("WEBP", at: 8) { return webp }
            if head.hasText("WAVE", at: 8) { return wav }
            if head.hasText("AVI ", at: 8) { return avi }
        }
        if head.hasText("RF64", at: 0), head.hasText("WAVE", at: 8) { return wav }
        if head.hasText("FORM", at: 0), head.hasText("AIFF", at: 8) || head.hasText("AIFC", at: 8) { return aiff }
        if head.has([0, 0, 1, 0], at: 0), head.bytes.count >= 10, head.bytes[4] > 0, head.bytes[5] == 0,
            head.bytes[9] == 0
        {
            return ico
        }
        if head.hasText("BM", at: 0), head.bytes.count >= 18, head.bytes[14..<18].elementsEqual([40, 0, 0, 0]) {
            return bmp
        }
        if head.hasText("ftyp", at: 4) { return isoMedia(head) }
        // QuickTime files from before `ftyp`. The first byte is 0, which text does not have.
        if head.bytes.first == 0, ["moov", "mdat", "wide"].contains(where: { head.hasText($0, at: 4) }) { return mov }
        guard head.has([0x1A, 0x45, 0xDF, 0xA3], at: 0) else { return nil }
        // The element DocType (0x4282) distinguishes the two.
        let webmType: [UInt8] = [0x42, 0x82, 0x84] + Array("webm".utf8)
        return head.bytes.indices.prefix(headLength).contains { head.has(webmType, at: $0) } ? webm : mkv
    }

    /// By the major brand. If several formats of pictures use that brand, the compatible brands decide. Nil when the head
    /// ends before the brand.
    private static func isoMedia(_ head: FileHead) -> FileType? {
        let places = [8] + Array(stride(from: 16, to: min(head.boxLength, 72), by: 4))
        let brands = places.filter { $0 + 4 <= head.bytes.count }
            .map { String(decoding: head.bytes[$0..<$0 + 4], as: UTF8.self) }
        guard let brand = brands.first else { return nil }
        switch brand {
        case "avif", "avis": return avif
        case "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs": return heic
        case "mif1", "msf1", "miaf": return brands.contains { $0 == "avif" || $0 == "avis" } ? avif : heic
        case "qt  ": return mov
        case "M4A ", "M4B ", "M4P ", "F4A ": return m4a
        case "jxl ": return jxl
        case "crx ": return cr3
        default: return mp4
        }
    }

    /// Eight bytes of length, then a JSON object of that length, which names the tensors.
    private static func isSafetensors(_ head: FileHead) -> Bool {
        guard head.bytes.count >= 10, head.bytes[8] == UInt8(ascii: "{"), head.bytes[5..<8].allSatisfy({ $0 == 0 }),
            head.bytes[9] == UInt8(ascii: "\"") || head.bytes[9] == UInt8(ascii: "}") || head.bytes[9] == 0x20
        else { return false }
        return head.bytes[..<5].contains { $0 != 0 }
    }
}

/// The first bytes of a file. Comparisons beyond them are false.
struct FileHead {
    let bytes: [UInt8]

    init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    func has(_ signature: [UInt8], at offset: Int) -> Bool {
        bytes.count >= offset + signature.count && bytes[offset..<offset + signature.count].elementsEqual(signature)
    }

    func hasText(_ text: String, at offset: Int) -> Bool { has(Array(text.utf8), at: offset) }

    /// Length of the first box of an ISO file, big-endian, at least 12.
    var boxLength: Int {
        let length = bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        return max(length, 12)
    }
}
