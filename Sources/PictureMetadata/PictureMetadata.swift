package import Foundation
package import ReplicateAPI

/// What made a picture, as it is written into the picture's file.
package struct PictureMetadata: Hashable, Sendable {
    /// `owner/name`.
    package var model: String
    /// nil: the newest one at that time, or not known.
    package var version: String?
    /// As it was sent, after alternatives; empty where the model takes none.
    package var prompt: String
    /// Everything else that the model was given, without what is secret.
    package var inputs: JSONObject
    /// What the model took by itself; nil: it was given one, or does not tell.
    package var chosenSeed: Int64?
    /// Names of inputs that are not written: secrets, files of a person's own machine, and what has no place.
    package var omitted: [String]
    /// The 26 characters that the API gave it.
    package var predictionID: String
    /// In USD as text, such as `$0.003`; nil: not known.
    package var cost: String?
    /// When the API created the prediction.
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
