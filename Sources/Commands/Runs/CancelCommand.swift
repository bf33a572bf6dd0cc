import ArgumentParser
import History
import Predictions
import ReplicateAPI
import ReplicateClient

struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract:
            "Cancel predictions. A run that is canceled at work is charged for the time it ran; failed runs of public models, and those that never started (aborted), are free."
    )

    @Argument(help: "Ids of predictions.")
    var ids: [String]

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let composition = try Composition(settings: try Settings.load(global))
        guard composition.settings.token != nil else {
            throw CommandError(APIError(.noToken, "No token is configured"))
        }
        var worst: CommandError?
        for id in ids {
            do throws(CommandError) {
                Console.print("\(Console.cell(id, max(26, id.count)))  \(try await cancel(id, composition))")
            } catch {
                Console.say("\(id): \(error.description)")
                worst = CommandError(error.status, "")
            }
        }
        await composition.runner.stop()
        if let worst { throw worst }
    }

    /// Cancels and returns the status after it. A run of this history is watched until the server confirms, so that its
    /// record is true; one that another darkroom watches is left to that.
    private func cancel(_ id: String, _ composition: Composition) async throws(CommandError) -> String {
        let prediction: Prediction
        do { prediction = try await composition.client.cancel(Prediction.ID(id)) } catch {
            throw CommandError(error, missing: "there is no such prediction: `darkroom list --remote` shows them")
        }
        guard let local = try? composition.store.run(predictionID: id), local.isInFlight,
            (try? await composition.runner.follow(prediction, origin: .command, savesOutputs: true)) != nil,
            let ended = await composition.runner.wait(for: local.id, timeout: .seconds(15))
        else { return prediction.status.rawValue }
        return ended.status
    }
}
