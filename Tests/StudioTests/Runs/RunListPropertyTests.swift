import Foundation
import Search
import TestSupport
import Testing

@testable import Studio

/// The table against a list that is sorted and filtered anew each time.
struct RunListPropertyTests {
    private func run(_ number: Int, age: Int, _ random: inout SeededGenerator) -> RunItem {
        let stages: [RunItem.Stage] = [.queued, .processing, .succeeded, .failed, .canceled]
        var item = Bench.run("r\(number)", stage: stages.randomElement(using: &random) ?? .succeeded, age: Double(age))
        item.prompt = ["a red fox", "a blue fox", "an OWL", "drone shot", ""].randomElement(using: &random) ?? ""
        return item
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `rows are the runs that pass the filter, in their order, whatever arrives in whichever order`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var list = RunList()
        var model: [RunItem.ID: RunItem] = [:]
        var filter = ""
        for step in 0..<400 {
            let number = Int.random(in: 0..<30, using: &random)
            switch Int.random(in: 0..<12, using: &random) {
            case 0: list.remove(.init(rawValue: "r\(number)")); model[.init(rawValue: "r\(number)")] = nil
            case 1:
                filter =
                    ["", "fox", "red fox", "owl", "fox flux", "r", "zzz", "  a  "].randomElement(using: &random) ?? ""
                list.setFilter(filter, now: Bench.now, calendar: .current)
            case 2:
                let page = (0..<5).map { self.run(100 + number + $0, age: 1_000 + number + $0, &random) }
                for item in page { list.upsert(item) }
                for item in page { model[item.id] = item }
            case 3: list.toggleMark()
            case 5:
                list.sort(
                    by: RunSort(
                        RunSort.Key.allCases.randomElement(using: &random)!,
                        isReversed: .random(using: &random)
                    )
                )
            case 4: list.move(by: Int.random(in: -4...4, using: &random))
            default:
                // A run keeps its age unless the server tells it otherwise.
                let age =
                    model[.init(rawValue: "r\(number)")].map { Int(Bench.now.timeIntervalSince($0.createdAt)) }
                    ?? number * 7
                let item = run(number, age: Int.random(in: 0..<20, using: &random) == 0 ? age + 3 : age, &random)
                list.upsert(item)
                model[item.id] = item
            }
            let words = filter.lowercased().split(separator: " ")
            func passes(_ item: RunItem) -> Bool {
                let text = "\(item.prompt) \(item.model)".lowercased()
                return words.allSatisfy { text.contains($0) }
            }
            #expect(list.items.count == model.count, "step \(step)")
            #expect(Dictionary(uniqueKeysWithValues: list.items.map { ($0.id, $0) }) == model, "step \(step)")
            let places = list.items.map { $0.place(in: list.sort) }
            #expect(places == places.sorted(), "step \(step)")
            #expect(
                Set(list.shown.map(\.id)) == Set(model.values.filter(passes).map(\.id)),
                "step \(step), filter \(filter)"
            )
            #expect(list.shown.map(\.id) == list.items.filter(passes).map(\.id), "step \(step)")
            #expect(list.activeCount == model.values.count(where: \.isActive), "step \(step)")
            #expect(list.selection == nil || model[list.selection!] != nil, "step \(step)")
            #expect(list.marks.runs.isSubset(of: Set(model.keys)), "step \(step)")
            #expect(
                list.hiddenMarks == list.marks.runs.count { id in model[id].map { !passes($0) } ?? false },
                "step \(step)"
            )
            #expect(list.targets.allSatisfy(passes), "step \(step)")
        }
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func `what is revealed is inside the window, and no line stays blank while rows hide above`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var list = RunList()
        for number in 0..<40 { list.upsert(run(number, age: number * 5, &random)) }
        for _ in 0..<500 {
            list.move(by: Int.random(in: -6...6, using: &random))
            if Int.random(in: 0..<10, using: &random) == 0 {
                list.remove(.init(rawValue: "r\(Int.random(in: 0..<40, using: &random))"))
            }
            let height = Int.random(in: 2...14, using: &random)
            list.reveal(height: height) { RunRow.lines(of: $0) }
            guard let selected = list.selectedIndex else { continue }
            #expect(list.top <= selected)
            let used = list.shown[list.top...selected].reduce(0) { $0 + RunRow.lines(of: $1) }
            #expect(used <= height || list.top == selected, "\(used) lines in \(height)")
            let below = list.shown[list.top...].reduce(0) { $0 + RunRow.lines(of: $1) }
            if list.top > 0 { #expect(below + RunRow.lines(of: list.shown[list.top - 1]) > height) }
        }
    }
}
