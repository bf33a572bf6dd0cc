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

    /// The program whose notation was read.
    package var origin: Origin
    /// As it was written.
    package var prompt: String
    /// nil: none was found.
    package var negativePrompt: String?
    /// nil: none was found.
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
    package init?(_ file: FileContent) {
        var texts: [String: String] = [:]
        var packet: String?
        var exif: [UInt8]?
        if let png = PNGFile(file) {
            texts = png.texts
            packet = texts[PNGFile.packetKeyword]
        } else if let jpeg = JPEGFile(file) {
            (packet, exif) = (jpeg.packet, jpeg.exif)
        } else if let webp = WebPFile(file) {
            (packet, exif) = (webp.packet, webp.exif)
        }
        if let own = packet.flatMap(XMPPacket.metadata) {
            self.init(origin: .darkroom, prompt: own.prompt)
            model = own.model
            seed = own.inputs["seed"].flatMap { Int64($0.plain) } ?? own.chosenSeed
            self.own = own
        } else if let found = OtherPrograms.read(texts: texts, comment: exif.flatMap(ExifComment.read)) {
            self = found
        } else {
            return nil
        }
    }
}
