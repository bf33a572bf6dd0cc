import ReplicateAPI
import Testing

struct LogProgressTests {
    private struct Reading: Equatable {
        var fraction: Double
        var done: Int?
        var total: Int?
    }

    private func read(_ logs: String) -> Reading? {
        LogProgress(logs: logs).map { Reading(fraction: $0.fraction, done: $0.steps?.done, total: $0.steps?.total) }
    }

    @Test func `a progress bar of tqdm gives the fraction and the steps`() {
        #expect(
            read("Using seed: 1\n 36%|███▌      | 10/28 [00:01<00:03,  5.01it/s]")
                == Reading(fraction: 0.36, done: 10, total: 28)
        )
        #expect(read("0%|          | 0/28 [00:00<?, ?it/s]") == Reading(fraction: 0, done: 0, total: 28))
        #expect(read("100%|██████████| 28/28 [00:05<00:00]\n") == Reading(fraction: 1, done: 28, total: 28))
    }

    @Test func `the last bar counts, with any kind of line end`() {
        #expect(read("10%|█| 1/10\r 20%|█| 2/10\r\n 30%|█| 3/10\r")?.fraction == 0.3)
        #expect(
            read("100%|█| 4/4 \nSecond stage\n  5%|▌| 1/20 \nplain words\n")
                == Reading(fraction: 0.05, done: 1, total: 20)
        )
    }

    @Test func `a bar with a label or without steps is read too`() {
        #expect(read("Sampling:  50%|█████     | 2/4 [00:01<00:01]") == Reading(fraction: 0.5, done: 2, total: 4))
        #expect(read(" 70%|███████   |") == Reading(fraction: 0.7))
    }

    @Test(arguments: ["", "\n\r\n", "50% done", "150%|█| 3/2", "%|", "loss 4%| "])
    func `a line that is not a bar gives nothing`(logs: String) {
        let found = read(logs)
        #expect(found == nil || found == Reading(fraction: 0.04))
    }

    @Test func `a long log is read from its end, also when the cut is inside a character`() {
        let noise = String(repeating: "█é", count: 3_000)
        #expect(read(noise + "\n 64%|██████▍   | 18/28 ") == Reading(fraction: 0.64, done: 18, total: 28))
        #expect(read(" 64%|██████▍   | 18/28\n" + noise) == nil)
    }

    @Test func `absurd step counts are left out`() {
        #expect(read(" 64%|█| 99999999999999999999/1 ")?.done == nil)
    }
}

struct LogSeedTests {
    @Test(arguments: [
        ("Using seed: 42\n 10%|█", 42), ("loading\nseed=7", 7), ("Random seed 9.", 9),
        ("seed: 12345678901\n", 12_345_678_901),
    ])
    func `the seed that a model took is read from its log`(logs: String, seed: Int64) {
        #expect(Prediction.seed(inLogs: logs) == seed)
    }

    @Test(arguments: [
        "", "seeds: 4 of them", "seed: 4x", "Using seed: none", "reseed: 4", "seed: 99999999999999999999",
    ])
    func `what only looks like one is none`(logs: String) {
        #expect(Prediction.seed(inLogs: logs) == nil)
    }

    @Test(arguments: [
        ("NSFW content detected\n100%|██████████| 30/30 [00:01<00:00, 60.00it/s]\n", "NSFW content detected"),
        (" 50%|█████     | 15/30\r100%|██████████| 30/30 [00:01<00:00, 60.00it/s]\n", nil as String?),
        ("17it [00:02,  8.11it/s]\n\n", nil), ("a line\n", "a line"), ("", nil),
        ("100%|███| 4/4 [00:01<00:00]the filter took it", "the filter took it"),
        ("100% of the pictures were removed [E005]", "100% of the pictures were removed [E005]"),
    ])
    func `a progress bar is no reason`(logs: String, reason: String?) {
        #expect(Prediction.lastLine(ofLogs: logs) == reason)
    }
}
