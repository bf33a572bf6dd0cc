import Composing
import Foundation
import History
import Money
import Pricing
import ReplicateAPI
import ReplicateClient

/// Sends creating requests, and finds out what they have to name.
struct CreationSender: Sendable {
    let client: APIClient
    let models: ModelCatalogue
    let costs: RunCosts
    let prices: PriceBook
    /// Has the server answer with the end of runs that usually take less than a second.
    let isPatient: Bool

    init(
        _ client: APIClient,
        _ models: ModelCatalogue,
        _ costs: RunCosts,
        _ prices: PriceBook,
        isPatient: Bool
    ) {
        self.client = client
        self.models = models
        self.costs = costs
        self.prices = prices
        self.isPatient = isPatient
    }

    // MARK: Before

    /// Tells ``RunEvent/versionFound(_:)`` or ``RunEvent/versionNotFound(_:)``.
    func findVersion(of run: RunRecord, _ work: RunWork) async {
        do {
            // The time of sending must be the server's, or a lost answer would be looked for at the wrong time.
            let version = try await version(of: run.model, asking: client.clock.skew == nil, work)
            await work.happened(.versionFound(version))
        } catch {
            await work.happened(.versionNotFound(error))
        }
    }

    /// - Parameter asking: asks the server even where the history knows.
    private func version(of text: String, asking: Bool, _ work: RunWork) async throws(APIError) -> String {
        guard let reference = ModelReference(text) else {
            throw APIError(.invalidInput, "\(text) \(ModelReference.issue(with: text))")
        }
        if reference.version != nil, !asking { return reference.description }
        let model = try await model(reference, asking: asking, work)
        return reference.version != nil ? reference.description : ModelCatalogue.version(of: model, reference)
    }

    private func model(_ reference: ModelReference, asking: Bool, _ work: RunWork) async throws(APIError) -> Model {
        let lookup = try await models.lookUp(reference, asking: asking)
        if lookup.wasAsked { await work.answered() }
        return lookup.model
    }

    // MARK: The request

    /// Sends one creating request, and tells ``RunEvent/created(_:)`` or ``RunEvent/notCreated(_:)``.
    ///
    /// - Parameters:
    ///   - input: with its secrets.
    ///   - cancelAfter: ends the run after so many times as long as the model's runs usually take; nil: never.
    func send(
        _ run: RunRecord,
        input: JSONObject,
        permit: SendPermit,
        cancelAfter: Double?,
        _ work: RunWork
    ) async {
        permit.use()
        do throws(APIError) {
            let isQuick = isPatient && models.typical(of: run.model).map { $0 < 1 } ?? false
            let prediction = try await client.createPrediction(
                version: permit.version,
                input: input,
                wait: isQuick ? .seconds(1) : nil,
                cancelAfter: deadline(of: run, cancelAfter)
            )
            await work.answered()
            await work.happened(.created(prediction))
        } catch {
            await work.happened(.notCreated(error, version: permit.version))
        }
    }

    /// How long a run may take before the server is to end it; nil: as long as it likes.
    ///
    /// Never less than a minute: a model that boots is not one that hangs.
    private func deadline(of run: RunRecord, _ factor: Double?) -> Duration? {
        guard let factor, let typical = models.typical(of: run.model) else { return nil }
        return .seconds(min(max(60, (typical * factor).rounded(.up)), 86_400))
    }

    // MARK: After a refusal

    /// Asks once more for the model of a run that was refused because the server does not know its version.
    ///
    /// Where there is a newer one that takes the same inputs at no higher price, ``RunEvent/movedToNewVersion(input:notice:)``
    /// is told, else ``RunEvent/versionGone(_:)`` with the reason.
    ///
    /// - Parameter input: with its secrets.
    func findNewVersion(
        of run: RunRecord,
        input: JSONObject,
        than version: String,
        after error: APIError,
        _ work: RunWork
    ) async {
        await work.happened(await verdict(on: run, input, version, error, work))
    }

    private func verdict(
        on run: RunRecord,
        _ input: JSONObject,
        _ version: String,
        _ error: APIError,
        _ work: RunWork
    ) async -> RunEvent {
        guard let reference = ModelReference(run.model) else { return .versionGone(error) }
        let model: Model
        do { model = try await self.model(reference, asking: true, work) } catch let failure {
            // Whether it is gone is not known while the API cannot be asked.
            return .versionGone(failure.code == .notFound ? error.saying("\(failure.message) any more") : error)
        }
        let latest = ModelCatalogue.version(of: model, reference)
        if let pinned = reference.version {
            guard pinned != model.latestVersion?.id else { return .versionGone(error) }
            let newer = model.latestVersion.map { ": its latest is \($0.id.prefix(12))…" } ?? ""
            return .versionGone(
                error.saying("\(model.path) has no version \(pinned.prefix(12))… that you may run\(newer)")
            )
        }
        guard latest != version else { return .versionGone(error) }
        let changed = "\(model.path) has a new version since it was looked up"
        let composed = RunComposer(prices: prices).compose(
            GivenRun(
                model: run.model,
                details: ModelDetails(model, as: reference),
                inputs: GivenInput.values(input),
                history: costs.knownHistory(of: model.path)
            )
        )
        guard let request = composed.requests.first else {
            let issues = composed.issues.map(\.sentence).joined(separator: "; ")
            return .versionGone(error.saying("\(changed), which does not take these inputs: \(issues)"))
        }
        if let limit = run.estimate.high {
            guard let high = request.estimate.high, high <= limit else {
                let price = request.estimate.label
                return .versionGone(error.saying("\(changed), and what a run of it costs has changed: \(price)"))
            }
        }
        if await work.record()?.cancelRequestedAt != nil { return .versionGone(error) }
        return .movedToNewVersion(
            input: RunSecrets.split(request.input, names: Set(run.secretInputs)).kept,
            notice: "\(changed): the run goes to that one, with the same inputs"
        )
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
