import Foundation

/// An XMP packet: RDF in XML, as Adobe's specification part 1 has it, with a property of our own for what no schema names.
enum XMPPacket {
    /// Its namespace is a name only; nothing is fetched from there.
    private static let namespace = "http://darkroom.invalid/xmp/1.0/"

    static func text(of metadata: PictureMetadata) -> String {
        """
        <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>\
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
        <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
        xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:darkroom="\(namespace)" \
        xmp:CreatorTool="darkroom" darkroom:run="\(escaped(metadata.json))">\
        <dc:description><rdf:Alt><rdf:li xml:lang="x-default">\(escaped(metadata.prompt))</rdf:li></rdf:Alt>\
        </dc:description></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>
        """
    }

    /// nil: the packet is not ours.
    static func metadata(in packet: String) -> PictureMetadata? {
        guard let start = packet.range(of: "darkroom:run=\""),
            let end = packet[start.upperBound...].firstIndex(of: "\"")
        else { return nil }
        return PictureMetadata(json: unescaped(packet[start.upperBound..<end]))
    }

    private static let entities: [(Character, String)] = [
        ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("\n", "&#10;"), ("\r", "&#13;"),
        ("\t", "&#9;"),
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

    private static func unescaped(_ text: Substring) -> String {
        // The ampersand last, or `&amp;lt;` would become a bracket.
        entities.reversed().reduce(String(text)) { $0.replacing($1.1, with: String($1.0)) }
    }
}
