import Foundation

/// An XMP packet: RDF in XML, as Adobe's specification part 1 has it, with a property of our own for what no schema names.
enum XMPPacket {
    /// Its namespace is a name only; nothing is fetched from there.
    private static let namespace = "http://darkroom.invalid/xmp/1.0/"
    private static let propertyStart = "<rdf:Description rdf:about=\"\" xmlns:darkroom=\"\(namespace)\" darkroom:run=\""
    private static let propertyEnd = "\"/>"
    private static let end = "</rdf:RDF>"

    /// The packet for a file: a new one, or the file's own with our property in it; nil where that is no packet with a
    /// place for it.
    ///
    /// - Parameters:
    ///   - old: what the file has.
    ///   - hasDescription: the prompt stands there also where every program looks for it.
    static func text(of metadata: PictureMetadata, in old: String?, hasDescription: Bool) -> String? {
        guard let old, !old.contains("xmp:CreatorTool=\"darkroom\"") else { return text(of: metadata, hasDescription) }
        var kept = old
        if let start = kept.range(of: propertyStart),
            let close = kept.range(of: propertyEnd, range: start.upperBound..<kept.endIndex)
        {
            kept.removeSubrange(start.lowerBound..<close.upperBound)
        }
        guard !kept.contains("darkroom:run"), let place = kept.range(of: end, options: .backwards) else { return nil }
        return kept[..<place.lowerBound] + propertyStart + escaped(metadata.json) + propertyEnd
            + kept[place.lowerBound...]
    }

    private static func text(of metadata: PictureMetadata, _ hasDescription: Bool) -> String {
        let description =
            hasDescription
            ? """
            <dc:description><rdf:Alt><rdf:li xml:lang="x-default">\(escaped(metadata.prompt))</rdf:li></rdf:Alt>\
            </dc:description>
            """ : ""
        return """
            <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>\
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
            xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:darkroom="\(namespace)" \
            xmp:CreatorTool="darkroom" xmp:CreateDate="\(metadata.createdAt.formatted(.iso8601))" \
            darkroom:run="\(escaped(metadata.json))">\
            \(description)</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>
            """
    }

    /// nil: the packet is not ours. Other programs that wrote the file anew may have made an element of the attribute.
    static func metadata(in packet: String) -> PictureMetadata? {
        for (start, end) in [("darkroom:run=\"", "\""), ("darkroom:run='", "'"), ("<darkroom:run>", "<")] {
            if let start = packet.range(of: start),
                let end = packet.range(of: end, range: start.upperBound..<packet.endIndex)
            {
                return PictureMetadata(json: unescaped(packet[start.upperBound..<end.lowerBound]))
            }
        }
        return nil
    }

    private static let entities: [(Character, String)] = [
        ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;"), ("\n", "&#10;"),
        ("\r", "&#13;"), ("\t", "&#9;"),
    ]

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            if let entity = entities.first(where: { $0.0.unicodeScalars.first == scalar })?.1 {
                result += entity
            } else if scalar.value >= 0x20, scalar.value < 0xFFFE {
                result.unicodeScalars.append(scalar)
            } else if scalar.value > 0xFFFF {
                result.unicodeScalars.append(scalar)
            } else {
                // XML has no way to write the rest.
                result.unicodeScalars.append("\u{FFFD}")
            }
        }
    }

    /// Scalar by scalar: a mark behind an entity makes one character with its semicolon, in which no search finds the entity.
    private static func unescaped(_ text: Substring) -> String {
        var result = String.UnicodeScalarView()
        var rest = text.unicodeScalars
        while let scalar = rest.first {
            if scalar == "&", let entity = entities.first(where: { rest.starts(with: $0.1.unicodeScalars) }) {
                result.append(contentsOf: entity.0.unicodeScalars)
                rest = rest.dropFirst(entity.1.unicodeScalars.count)
            } else {
                result.append(scalar)
                rest = rest.dropFirst()
            }
        }
        return String(result)
    }
}
