import Foundation

/// Lives the life of one prediction: queue, processing with a growing log, output, end.
struct PredictionRunner: Sendable {
    let store: PredictionStore
    let outputs: OutputStore
    let studio: OutputStudio
    let configuration: SandboxConfiguration
    let time: SandboxTime

    /// Returns when the prediction has ended, whoever ended it; a cancelled task leaves it as it stands.
    func run(_ id: String, origin: String) async {
        guard let record = store[id] else { return }
        do {
            try await wait(configuration.queueTime, for: record)
            if record.faults.contains(.aborted) { throw End.aborted }
            guard let started = store.update(id, { $0.begin(at: time.now()) }) else { return }
            async let made = studio.make(for: started, origin: origin)
            try await process(started)
            let product = try await made
            let isFile = started.model.output != .text
            if isFile { store.update(id) { $0.output = product.output } }
            // The API shows the output a moment before the end; so that clients meet this, here too.
            if isFile { try await wait(.milliseconds(150), for: started) }
            store.update(id) { record in
                record.output = product.output
                record.logs += product.logs
                switch product.ending {
                case .failed(let message)?:
                    record.error = message
                    finish(&record, .failed)
                case .canceled?: finish(&record, .canceled)
                case nil: finish(&record, .succeeded)
                }
                record.metrics.merge(product.counters) { _, counter in counter }
            }
            outputs.expire(prediction: id, at: time.now().addingTimeInterval(configuration.outputLifetime.seconds))
        } catch let end as End {
            conclude(id, end)
        } catch let failure as PictureSource.Failure {
            conclude(id, .failed("\(failure)"))
        } catch {
            // Only cancellation of the whole sandbox is left.
        }
    }

    /// Ends a prediction because somebody asked; one that has ended is left alone.
    func cancel(_ id: String) {
        store.update(id) { finish(&$0, .canceled) }
    }

    private enum End: Error {
        case aborted
        case canceled
        case failed(String)
    }

    private func conclude(_ id: String, _ end: End) {
        store.update(id) { record in
            switch end {
            case .aborted: finish(&record, .aborted)
            case .canceled: finish(&record, .canceled)
            case .failed(let message):
                record.error = message
                record.output = nil
                record.logs += "Traceback (most recent call last):\n\(message)\n"
                finish(&record, .failed)
            }
        }
    }

    private func process(_ record: PredictionRecord) async throws {
        let compute = record.model.computeTime
        if record.model.output == .text { return try await speak(record) }
        let steps = record.steps
        let progress = ProgressLog(total: steps, duration: compute)
        store.update(record.id) { $0.logs += "Using seed: \(record.seed)\n" + progress.line(0) }
        let breakdown = record.breakdown
        for step in 1...steps {
            try await wait(compute / steps, for: record)
            store.update(record.id) { $0.logs += progress.line(step) }
            if let breakdown, step >= (steps + 1) / 2 { throw End.failed(breakdown) }
        }
    }

    private func speak(_ record: PredictionRecord) async throws {
        let tokens = studio.tokens(for: record)
        for token in tokens {
            try await wait(record.model.computeTime / max(1, tokens.count), for: record)
            store.update(record.id) { record in
                record.chunks.append(token)
                record.output = .array(record.chunks.map(JSON.string))
            }
        }
        if let breakdown = record.breakdown { throw End.failed(breakdown) }
    }

    /// Waits a duration at demo pace, but not past the deadline. Ended predictions stop here.
    private func wait(_ duration: Duration, for record: PredictionRecord) async throws {
        let pause = configuration.paced(duration, of: record.sequence)
        guard let deadline = record.deadline else { return try await pass(pause, record.id) }
        let left = deadline.timeIntervalSince(time.now())
        if left > pause.seconds { return try await pass(pause, record.id) }
        if pause == .zero, left > 0 { return try await pass(pause, record.id) }
        try await pass(.seconds(max(0, left)), record.id)
        throw store[record.id]?.startedAt == nil ? End.aborted : End.canceled
    }

    private func pass(_ pause: Duration, _ id: String) async throws {
        if pause > .zero { try await time.sleep(pause) }
        if store[id]?.status.isTerminal != false { throw CancellationError() }
    }

    private func finish(_ record: inout PredictionRecord, _ status: PredictionStatus) {
        let now = time.now()
        record.status = status
        record.completedAt = now
        guard let startedAt = record.startedAt else { return }
        // Compute time is what it would have been at demo pace, so that prices do not depend on the speed.
        let spent = configuration.speed > 0 ? now.timeIntervalSince(startedAt) * configuration.speed : 0
        let compute =
            status == .succeeded ? record.model.computeTime.seconds : min(spent, record.model.computeTime.seconds)
        let queue = configuration.queueTime.seconds
        record.metrics["predict_time"] = .number(compute.rounded(toPlaces: 6))
        record.metrics["total_time"] = .number((compute + queue).rounded(toPlaces: 6))
    }
}

extension PredictionRecord {
    fileprivate mutating func begin(at date: Date) {
        status = .processing
        startedAt = date
    }

    /// The seed of the input, or one drawn from the id.
    var seed: Int {
        if let given = input["seed"]?.integerValue { return given }
        var random = SeededRandom(seed: 1, text: id)
        return random.index(below: 1 << 31)
    }

    fileprivate var steps: Int {
        if let wanted = model.completed(input)["num_inference_steps"]?.integerValue { return max(1, wanted) }
        if case .picture(let recipe) = model.recipe { return recipe.steps }
        return 30
    }

    /// The error this prediction is going to fail with.
    fileprivate var breakdown: String? {
        if case .failure(let message) = model.recipe { return message }
        return faults.contains(.failed) ? "Prediction interrupted; please retry (code: E6716)" : nil
    }
}

extension Double {
    fileprivate func rounded(toPlaces places: Int) -> Double {
        let scale = pow(10, Double(places))
        return (self * scale).rounded() / scale
    }
}
