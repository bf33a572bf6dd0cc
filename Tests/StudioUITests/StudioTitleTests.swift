import Foundation
import ReplicateAPI
import Studio
import Terminal
import Testing

@testable import StudioUI

/// What a person in another window sees of the work.
struct StudioTitleTests {
    private func state(_ progress: LogProgress?...) -> StudioState {
        var state = StudioState(mode: .live, now: SampleStudio.now)
        for (index, progress) in progress.enumerated() {
            var run = SampleStudio.runs[0]
            run = RunItem(
                id: .init(rawValue: "\(index)"),
                model: run.model,
                prompt: run.prompt,
                stage: .processing,
                createdAt: SampleStudio.now,
                progress: progress,
                estimate: run.estimate
            )
            state.runs.upsert(run)
        }
        return state
    }

    private func progress(_ percent: Int) -> LogProgress? { LogProgress(logs: " \(percent)%|███   | \(percent)/100") }

    @Test func `the title counts what runs`() {
        #expect(StudioTitle.text(of: state()) == "darkroom")
        #expect(StudioTitle.text(of: state(nil, nil)) == "2 running · darkroom")
        #expect(StudioTitle.text(of: StudioState(mode: .demo, now: SampleStudio.now)) == "darkroom demo")
    }

    @Test func `the tab shows the mean where each run says how far it is`() {
        #expect(StudioTitle.progress(of: state()) == .none)
        #expect(StudioTitle.progress(of: state(progress(40))) == .percent(40))
        #expect(StudioTitle.progress(of: state(progress(40), progress(60))) == .percent(50))
        #expect(StudioTitle.progress(of: state(progress(40), nil)) == .indeterminate)
    }
}
