import Foundation
import History
import ReplicateAPI

/// Where the files of one run go.
struct OutputPlace: Sendable {
    /// The absolute path of the folder; nil: the settings'.
    let folder: String?
    /// nil: a folder for each day, and words of the prompt.
    private(set) var pattern: OutputPattern?
    private(set) var replaces: Bool
    let prompt: String
    let predictionID: String
    let model: String
    let key: String?
    let seed: String?
    let date: Date

    init(_ run: RunRecord, _ prediction: Prediction) {
        folder = run.outputFolder
        // A pattern that a damaged record holds is none.
        pattern = run.outputName.flatMap { try? OutputPattern($0) }
        replaces = run.overwritesOutputs
        prompt = run.prompt
        predictionID = prediction.id.rawValue
        model = (ModelReference(run.model)?.path ?? run.model).replacing("/", with: "-")
        key = run.key
        seed = (run.input["seed"] ?? prediction.input["seed"]).flatMap { $0.integer.map { "\($0)" } }
        date = run.createdAt
    }

    /// The same folder with the name that a file has where none was ordered; nil: that is this one.
    var withUsualName: OutputPlace? {
        guard pattern != nil else { return nil }
        var place = self
        place.pattern = nil
        place.replaces = false
        return place
    }

    /// The folder below `base` that a file goes to, its name without an ending, and its ending.
    ///
    /// - Parameters:
    ///   - index: of the file among those of the run; nil: the one with what is no file.
    ///   - ending: what the file is, such as `webp`.
    func name(
        below base: URL,
        index: Int?,
        ending: String,
        calendar: Calendar
    ) -> (folder: URL, stem: String, ending: String) {
        let day = OutputName.folder(for: date, calendar: calendar)
        guard let pattern else {
            let stem = OutputName.stem(prompt: prompt, predictionID: predictionID, index: index)
            return (base.appending(path: day), stem, ending)
        }
        let values = OutputPattern.Values(
            key: key,
            index: index ?? 0,
            ext: ending,
            prompt: prompt,
            model: model,
            seed: seed,
            date: day,
            id: predictionID
        )
        let name = pattern.name(values)
        let file = base.appending(path: name.path)
        // What is no file lies beside the files, whatever those are.
        return (file.deletingLastPathComponent(), name.stem, index == nil ? ending : name.ending)
    }
}
