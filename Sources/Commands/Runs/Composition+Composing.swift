import Composing
import Foundation
import History
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient

extension Composition {
    /// Composes what a command was given, with the model's own schema, its history and the hardware it runs on.
    ///
    /// What is wrong without a look at the model is told before anybody is asked. Throws ``CommandError``.
    /// - Parameters:
    ///   - files: what the command reads.
    ///   - answers: what was found out for the last order.
    ///   - hardware: named with this command; remembered once everything else is right.
    ///   - isForecast: nothing will be run: without a token, a network or the model the price book alone answers.
    func compose(
        _ given: CommandOrder,
        files: InputFiles,
        answers: AnswerCache = AnswerCache(),
        hardware: String?,
        isForecast: Bool = false
    ) async throws -> ComposedRuns {
        guard let named = ModelReference(given.model) else {
            throw CommandError(.usage, "\(given.model) \(ModelReference.issue(with: given.model))")
        }
        if let hardware { try HardwareName.check(hardware, prices) }
        let composer = RunComposer(prices: prices)
        // As the price book spells it, where it has the model: names in addresses have one spelling only.
        let reference = ModelReference(composer.spelling(of: named.description)) ?? named
        try check(composer.compose(try given.order(nil, files: files)), reference)
        let known = try await answers.known(reference.description) {
            let answer = try await answer(reference, isForecast: isForecast)
            guard let model = answer?.model else {
                return AnswerCache.Known(answer: nil, history: runner.costs.knownHistory(of: reference.path))
            }
            return AnswerCache.Known(answer: answer, history: await runner.costs.history(of: model))
        }
        var order = try given.order(known.answer?.details, files: files)
        let path = known.answer?.model.path ?? reference.path
        var history = known.history
        if let hardware { history.hardware = hardware }
        order.history = history
        let composed = composer.compose(order)
        try check(composed, reference)
        if let hardware {
            do { try store.models.rememberHardware(hardware, of: path) } catch { throw CommandError.unwritable }
        }
        return composed
    }

    private func check(_ composed: ComposedRuns, _ reference: ModelReference) throws {
        guard let first = composed.issues.first else { return }
        let sentences = composed.issues.map(\.sentence).joined(separator: "; ")
        switch first.subject {
        case .input, .prompt, .images(index: nil):
            throw CommandError(.usage, "\(sentences); `darkroom schema \(reference)` lists the inputs")
        case .images, .model, .count:
            throw CommandError(.usage, sentences)
        }
    }

    /// nil where the price book must do.
    private func answer(_ reference: ModelReference, isForecast: Bool) async throws -> ModelAnswer? {
        guard settings.token != nil else {
            if isForecast { return nil }
            throw CommandError(APIError(.noToken, "No token is configured"))
        }
        do { return try await runner.details(of: reference) } catch {
            let isPriced = prices[reference.path] != nil
            if isForecast, isPriced || error.isTransient {
                let words = error.code == .notFound ? "it could not be run" : "the model's own defaults are not known"
                context.console.say("\(error.message): \(words).")
                return nil
            }
            throw CommandError(error, missing: "\(error.message): `darkroom models WORDS` finds others")
        }
    }

    /// Uploads the files of composed runs, each once; the requests with the addresses they lie at.
    func upload(_ requests: [RunRequest]) async throws -> [RunRequest] {
        var addresses: [String: String] = [:]
        for file in requests.flatMap(\.files) where addresses[file.path] == nil {
            do {
                let type = file.type ?? "application/octet-stream"
                addresses[file.path] = try await client.upload(file: URL(filePath: file.path), contentType: type).url
            } catch {
                throw CommandError(error)
            }
        }
        return requests.map { $0.sending(addresses) }
    }
}
