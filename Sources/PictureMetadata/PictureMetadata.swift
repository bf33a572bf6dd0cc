package import Foundation
package import ReplicateAPI

/// What made a picture, as it is written into the picture's file.
package struct PictureMetadata: Hashable, Sendable {
    /// `owner/name`.
    package var model: String
    /// nil: the newest one at that time, or not known.
    package var version: String?
    package var prompt: String
    /// Everything else that the model was given, without what is secret.
    package var inputs: JSONObject
    /// What the model took by itself; nil: it was given one, or does not tell.
    package var chosenSeed: Int64?
    /// Names of inputs that are not written: secrets, files of a person's own machine, and what has no place.
    package var omitted: [String]
    package var predictionID: String
    /// In USD as text, such as `$0.003`; nil: not known.
    package var cost: String?
    package var createdAt: Date

    package init(
        model: String,
        version: String? = nil,
        prompt: String,
        inputs: JSONObject = [:],
        chosenSeed: Int64? = nil,
        omitted: [String] = [],
        predictionID: String,
        cost: String? = nil,
        createdAt: Date
    ) {
        self.model = model
        self.version = version
        self.prompt = prompt
        self.inputs = inputs
        self.chosenSeed = chosenSeed
        self.omitted = omitted
        self.predictionID = predictionID
        self.cost = cost
        self.createdAt = createdAt
    }

    /// As one line of JSON, `{"program": "darkroom", "model": …, "inputs": {…}, …}`.
    var json: String {
        var members: JSONObject = [
            "program": .string("darkroom"), "model": .string(model), "prompt": .string(prompt),
            "inputs": .object(inputs), "prediction": .string(predictionID),
            "created": .string(createdAt.formatted(.iso8601)),
        ]
        if !omitted.isEmpty { members["omitted"] = .array(omitted.map(JSONValue.string)) }
        members["version"] = version.map { .string($0) }
        members["seed"] = chosenSeed.map { .integer($0) }
        members["cost"] = cost.map { .string($0) }
        return String(decoding: JSONValue.object(members).serialized(), as: UTF8.self)
    }

    /// nil: it is no JSON of ours.
    init?(json text: String) {
        guard let members = try? JSONValue(parsing: Data(text.utf8)).object, members["program"]?.string == "darkroom",
            let model = members["model"]?.string
        else { return nil }
        self.init(
            model: model,
            version: members["version"]?.string,
            prompt: members["prompt"]?.string ?? "",
            inputs: members["inputs"]?.object ?? [:],
            chosenSeed: members["seed"]?.integer,
            omitted: members["omitted"]?.array?.compactMap(\.string) ?? [],
            predictionID: members["prediction"]?.string ?? "",
            cost: members["cost"]?.string,
            createdAt: (members["created"]?.string).flatMap { try? Date($0, strategy: .iso8601) } ?? .distantPast
        )
    }
}

extension PictureMetadata {
    /// The file with this in it, as pieces, and not one pixel changed.
    ///
    /// nil: such a file is to be left as it is, because it is no PNG, JPEG or WebP, or not a sound one; because it is signed
    /// (C2PA) and would not be valid with anything added; or because what is there cannot be kept beside it.
    package func embedded(in file: FileContent) -> [FilePiece]? {
        if let png = PNGFile(file) {
            guard !png.isSigned, !png.hasUnreadablePacket,
                let packet = packet(in: png.texts[PNGFile.packetKeyword], longest: .max)
            else { return nil }
            let texts = [
                (PNGFile.packetKeyword, packet), ("Description", prompt), ("Software", "darkroom"),
                ("Creation Time", createdAt.formatted(.iso8601)),
            ]
            return png.adding(texts.filter { !$0.1.isEmpty })
        }
        let exif = ExifBlock.bytes(of: self)
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

    /// The packet in at most so many bytes: what is long is left out, named in ``omitted``; nil where nothing helps.
    private func packet(in old: String?, longest: Int) -> String? {
        guard let whole = XMPPacket.text(of: self, in: old, hasDescription: true) else { return nil }
        if whole.utf8.count <= longest { return whole }
        var shorter = self
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
