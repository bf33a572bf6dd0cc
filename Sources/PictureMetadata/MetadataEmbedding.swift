import Foundation
import ReplicateAPI

/// Writes what made a picture into the picture's file.
package struct MetadataEmbedding {
    private let metadata: PictureMetadata

    package init(_ metadata: PictureMetadata) { self.metadata = metadata }

    /// The file with it in it, as pieces, and not one pixel changed.
    ///
    /// nil: such a file is to be left as it is, because it is no PNG, JPEG or WebP, or not a sound one; because it is signed
    /// (C2PA) and would not be valid with anything added; or because what is there cannot be kept beside it.
    package func pieces(for file: FileContent) -> [FilePiece]? {
        if let png = PNGFile(file) {
            guard !png.isSigned, !png.hasUnreadablePacket,
                let packet = packet(in: png.texts[PNGFile.packetKeyword], longest: .max)
            else { return nil }
            let texts = [
                (PNGFile.packetKeyword, packet), ("Description", metadata.prompt), ("Software", "darkroom"),
                ("Creation Time", metadata.createdAt.formatted(.iso8601)),
            ]
            return png.adding(texts.filter { !$0.1.isEmpty })
        }
        let exif = ExifBlock.bytes(of: metadata)
        if let jpeg = JPEGFile(file), !jpeg.isSigned {
            return packet(in: jpeg.packet, longest: JPEGFile.longestPacket).flatMap {
                jpeg.adding(packet: $0, exif: exif)
            }
        }
        if let webp = WebPFile(file), !webp.isSigned {
            return packet(in: webp.packet, longest: .max).flatMap { webp.adding(packet: $0, exif: exif) }
        }
        return nil
    }

    /// The packet in at most so many bytes: what is long is left out, named in ``PictureMetadata/omitted``; nil where
    /// nothing helps.
    private func packet(in old: String?, longest: Int) -> String? {
        guard let whole = XMPPacket.text(of: metadata, in: old, hasDescription: true) else { return nil }
        if whole.utf8.count <= longest { return whole }
        var shorter = metadata
        while true {
            if let packet = XMPPacket.text(of: shorter, in: old, hasDescription: false), packet.utf8.count <= longest {
                return packet
            }
            let lengths = shorter.inputs.mapValues { $0.text().utf8.count }
            if let longest = lengths.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }),
                longest.value > shorter.prompt.utf8.count || shorter.prompt.isEmpty
            {
                shorter.inputs[longest.key] = nil
                shorter.omitted.append(longest.key)
            } else if !shorter.prompt.isEmpty {
                shorter.prompt = ""
                shorter.omitted.append("prompt")
            } else {
                return nil
            }
        }
    }
}
