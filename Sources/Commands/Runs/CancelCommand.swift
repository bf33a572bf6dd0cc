import ArgumentParser
import ReplicateAPI
import ReplicateClient

struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Cancel predictions. A canceled run is charged for the time it ran; one that had not started is free."
    )

    @Argument(help: "Ids of predictions.")
    var ids: [String]

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let client = try Composition.client(try Settings.load(global))
        var worst: CommandError?
        for id in ids {
            do {
                let prediction = try await client.cancel(Prediction.ID(id))
                Console.print("\(Console.cell(id, max(26, id.count)))  \(Console.cell(prediction.status.rawValue, 12))")
            } catch {
                let failure = CommandError(error)
                Console.say("\(id): \(failure.description)")
                worst = CommandError(failure.status, "")
            }
        }
        if let worst { throw worst }
    }
}
