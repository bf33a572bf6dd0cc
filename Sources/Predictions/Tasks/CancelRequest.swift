import History
import ReplicateAPI
import ReplicateClient

/// Asks for the end of a run until the server says that it has ended, however long that takes.
struct CancelRequest: Sendable {
    let client: APIClient

    /// Returns the prediction whose end was asked for last; nil: of none.
    func run(_ work: RunWork) async -> Prediction.ID? {
        var pause = 0.5
        var last: Prediction.ID?
        while let prediction = await work.record()?.prediction, !prediction.isFinished {
            last = prediction.id
            do throws(APIError) {
                let answer = try await client.cancel(prediction.id)
                await work.happened(.reported(answer))
                await work.answered()
            } catch {
                // It may just have ended by itself: the next look tells.
                if !error.isTransient { return last }
                await work.failed(error)
            }
            guard await work.record()?.prediction?.isFinished == false, await work.rest(pause) else { return last }
            pause = min(pause * 1.5, 10)
        }
        return last
    }
}
