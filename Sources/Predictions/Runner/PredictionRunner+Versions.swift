import Composing
import Foundation
import History
import Logging
import Money
import ReplicateAPI

extension APIError {
    /// The server does not know what the request named, or not any more. Nothing was created.
    var saysGone: Bool { code == .versionNotPermitted || code == .notFound }
}

extension PredictionRunner {
    /// Asks once more for the model of a run that was refused because the server does not know its version.
    ///
    /// Where there is a newer one that takes the same inputs at no higher price, the run is queued again and will name that;
    /// what changed is told. nil then, else why the run is refused for good.
    func reasonAfterAskingAnew(_ refused: RunRecord, _ version: String, _ error: APIError) async -> APIError? {
        guard let reference = ModelReference(refused.model), askedAnew.insert(refused.id).inserted else { return error }
        let model: Model
        do { model = try await self.model(reference, asking: true) } catch let failure {
            // Whether it is gone is not known while nobody can be asked.
            return failure.code == .notFound ? error.saying("\(failure.message) any more") : error
        }
        let latest = Self.version(of: model, reference)
        if let pinned = reference.version {
            guard pinned != model.latestVersion?.id else { return error }
            let newer = model.latestVersion.map { ": its latest is \($0.id.prefix(12))…" } ?? ""
            return error.saying(
                "\(model.path) has no version \(pinned.prefix(12))… that you may run\(newer)"
            )
        }
        guard latest != version else { return error }
        let changed = "\(model.path) has a new version since it was looked up"
        let composed = RunComposer(prices: prices).compose(
            GivenRun(
                model: refused.model,
                details: ModelDetails(model, as: reference),
                inputs: GivenInput.values(secrets.input(of: refused) ?? refused.input),
                history: knownHistory(of: model.path)
            )
        )
        guard let request = composed.requests.first else {
            let issues = composed.issues.map(\.sentence).joined(separator: "; ")
            return error.saying("\(changed), which does not take these inputs: \(issues)")
        }
        if let limit = refused.estimate.high {
            guard let high = request.estimate.high, high <= limit else {
                return error.saying("\(changed), and what a run of it costs has changed: \(request.estimate.label)")
            }
        }
        var run = active[refused.id] ?? refused
        if run.cancelRequestedAt != nil { return error }
        run.input = RunSecrets.split(request.input, names: Set(run.secretInputs)).kept
        run.stage = .queued
        save(run)
        logger.notice("a run goes to a newer version", metadata: ["run": "\(run.id)", "model": "\(model.path)"])
        onUpdate(.noticed("\(changed): the run goes to that one, with the same inputs"))
        queueAgain(run.id)
        return nil
    }
}

extension APIError {
    /// The same refusal in other words.
    fileprivate func saying(_ message: String) -> APIError {
        var error = self
        error.message = message
        return error
    }
}
