package import Foundation
import ReplicateAPI

/// What a picture's file says of how it was made, whichever program made it.
package struct FoundMetadata: Hashable, Sendable {
    /// The program that wrote it.
    package enum Origin: String, Hashable, Sendable {
        case darkroom = "darkroom"
        case automatic1111 = "Automatic1111"
        case comfyUI = "ComfyUI"
        case invokeAI = "InvokeAI"
    }

    package var origin: Origin
    package var prompt: String
    package var negativePrompt: String?
    package var seed: Int64?
    /// In pixels.
    package var width: Int?
    package var height: Int?
    /// As the program called it; of ours `owner/name`.
    package var model: String?
    /// Everything, where the program is this one.
    package var own: PictureMetadata?

    init(origin: Origin, prompt: String) {
        self.origin = origin
        self.prompt = prompt
    }

    /// nil where the file says nothing that is understood. Never throws, whatever is in the file.
    package init?(file: Data) {
        guard file.count <= PictureMetadata.longestFile else { return nil }
        let bytes = [UInt8](file)
        var texts: [String: String] = [:]
        var packet: String?
        var exif: [UInt8]?
        if let png = PNGFile(bytes) {
            texts = png.texts
            packet = texts["XML:com.adobe.xmp"]
        } else if let jpeg = JPEGFile(bytes) {
            (packet, exif) = (jpeg.packet, jpeg.exif)
        } else if let webp = WebPFile(bytes) {
            (packet, exif) = (webp.packet, webp.exif)
        }
        if let own = packet.flatMap(XMPPacket.metadata) {
            self.init(origin: .darkroom, prompt: own.prompt)
            model = own.model
            seed = own.inputs["seed"]?.plain.isEmpty == false ? Int64(own.inputs["seed"]?.plain ?? "") : nil
            self.own = own
        } else if let found = OtherPrograms.read(texts: texts, comment: exif.flatMap(ExifComment.read)) {
            self = found
        } else {
            return nil
        }
    }
}
