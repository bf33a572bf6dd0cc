import ReplicateAPI
import TestSupport
import Testing

@testable import Studio

struct ImageListTests {
    private let one = "https://a.org/1.png"
    private let two = "https://a.org/2.png"
    private let three = "https://a.org/3.png"

    private func list(_ texts: String..., binding: ImageBinding? = .array(field: "images", most: nil)) -> ImageList {
        ImageList(texts, binding: binding)
    }

    @Test func `adding reports what came in and what did not`() {
        var list = list(one)
        let addition = list.add("\(two)\n\(one)\n\(two)\nnonsense")
        #expect(addition == ImageList.Addition(added: [2, 3], duplicates: [one, two], overflow: 0))
        #expect(list.items.map(\.text) == [one, two, "nonsense"])
        #expect(list.selection == 2)
        #expect(list.summary == "2 of 3 sent")
        list.undo()
        #expect(list.items.map(\.text) == [one])
    }

    @Test func `adding nothing new is no step`() {
        var list = list(one)
        list.add(one)
        list.add("  ")
        #expect(!list.canUndo)
    }

    @Test func `a draft brings the list back`() {
        var list = list(one, "nonsense", two)
        list.toggle()
        let restored = ImageList(entries: list.entries + [ImageList.Entry(text: one)], binding: list.binding)
        #expect(restored.entries == list.entries)
        #expect(restored.items == list.items)
        #expect(!restored.canUndo)
    }

    @Test func `a list has room for so many`() {
        var list = ImageList()
        let addition = list.add(
            (0..<(ImageList.capacity + 7)).map { "https://a.org/\($0).png" }.joined(separator: "\n")
        )
        #expect(list.items.count == ImageList.capacity)
        #expect(addition.overflow == 7)
    }

    @Test func `editing keeps the id and forgets what was known`() {
        var list = list(one, two)
        list.finishCheck(1, url: one, with: .bad(reason: "404 not found"))
        list.select(0)
        list.toggle()
        let results = [
            list.edit(1, to: two), list.edit(1, to: " "), list.edit(9, to: three), list.edit(1, to: "<\(three)>"),
        ]
        #expect(results == [.duplicate, .unchanged, .unchanged, .changed])
        #expect(list[id: 1] == ImageItem(id: 1, text: three, isOn: false))
    }

    @Test func `items move with the selection`() {
        var list = list(one, two, three)
        list.select(2)
        let moves = [list.moveDown(), list.moveUp(), list.moveUp(), list.moveUp()]
        #expect(moves == [false, true, true, false])
        #expect(list.items.map(\.id) == [3, 1, 2])
        #expect(list.selection == 0)
        list.move(from: 0, to: 2)
        #expect(list.items.map(\.id) == [1, 2, 3])
        #expect(list.selected?.id == 3)
        let outside = list.move(from: 0, to: 3)
        #expect(!outside)
    }

    @Test func `removing selects the next and can be undone`() {
        var list = list(one, two)
        let removed = [list.remove()?.id, list.remove()?.id, list.remove()?.id]
        #expect(removed == [1, 2, nil])
        #expect(list.selected == nil)
        list.undo()
        list.undo()
        #expect(list.items.map(\.id) == [1, 2])
        list.redo()
        #expect(list.items.map(\.id) == [2])
        list.add(three)
        #expect(list.items.map(\.id) == [2, 3])
        #expect(!list.canRedo)
    }

    @Test func `the selection stays in the list`() {
        var list = list(one, two)
        list.moveSelection(by: .max)
        #expect(list.selection == 1)
        list.moveSelection(by: .max)
        #expect(list.selection == 1)
        list.moveSelection(by: .min)
        #expect(list.selection == 0)
        list.removeAll()
        #expect(list.selection == 0)
        #expect(list.summary == "none")
        list.moveSelection(by: 1)
        list.toggle()
        let moved = list.moveUp()
        #expect(!moved)
        #expect(list.selection == 0)
    }

    @Test(arguments: [
        (ImageList.CheckResult.ok(ImageFacts(width: 1024)), ImageItemState.ok(ImageFacts(width: 1024)), "1 of 1 sent"),
        (.bad(reason: "404 not found"), .bad(reason: "404 not found"), "0 of 1 sent"),
        (.unconfirmed(reason: "no answer"), .unconfirmed(reason: "no answer"), "1 of 1 sent"),
    ])
    func `a check settles an item`(result: ImageList.CheckResult, state: ImageItemState, summary: String) {
        var list = list(one)
        list.beginCheck(1)
        #expect(list.unchecked.isEmpty)
        #expect(list.items[0].state == .checking)
        list.finishCheck(1, url: one, with: result)
        #expect(list.items[0].state == state)
        #expect(list.summary == summary)
    }

    @Test func `results for what has gone or changed are dropped`() {
        var list = list(one, two)
        list.beginCheck(1)
        list.edit(1, to: three)
        let before = list
        list.finishCheck(1, url: one, with: .bad(reason: "404"))
        list.finishCheck(77, url: one, with: .bad(reason: "404"))
        list.finishUpload(2, path: "/tmp/x.png", url: one)
        list.failUpload(2, path: "/tmp/x.png", reason: "gone")
        list.beginUpload(2)
        #expect(list == before)
    }

    @Test func `undo keeps what was learned and asks again for what was missed`() {
        var list = list(one, two)
        list.beginCheck(1)
        list.beginCheck(2)
        list.remove()
        list.finishCheck(1, url: one, with: .ok(ImageFacts(bytes: 7)))
        list.finishCheck(2, url: two, with: .ok(ImageFacts(bytes: 8)))
        list.undo()
        #expect(list.items.map(\.state) == [.unchecked, .ok(ImageFacts(bytes: 8))])
        #expect(list.unchecked.map(\.id) == [1])
    }

    @Test func `a local file is sent once it is uploaded`() {
        var list = list("/tmp/fox.png")
        #expect(list.waiting.map(\.id) == [1])
        #expect(list.sent.isEmpty)
        list.beginUpload(1)
        list.failUpload(1, path: "/tmp/fox.png", reason: "too large")
        #expect(list.items[0].state == .failed(path: "/tmp/fox.png", reason: "too large"))
        list.beginUpload(1)
        list.finishUpload(1, path: "/tmp/fox.png", url: one)
        #expect(list.items[0].state == .uploaded(path: "/tmp/fox.png", url: one))
        #expect(list.inputs == ["images": [.string(one)]])
        #expect(list.waiting.isEmpty)
        list.toggle()
        list.undo()
        #expect(list.items[0].url == one)
    }

    @Test func `the person can overrule a check`() {
        var list = list(one)
        list.finishCheck(1, url: one, with: .bad(reason: "403 forbidden"))
        #expect(list.placements == [.unusable])
        list.sendDoubtful()
        #expect(list.items[0].state == .unconfirmed(reason: "403 forbidden"))
        #expect(list.sent.map(\.id) == [1])
    }

    @Test func `what the model has no room for is kept and marked`() {
        var list = list(one, "fox", two, three, "https://a.org/4.png", binding: .array(field: "images", most: 2))
        list.select(0)
        list.toggle()
        #expect(
            list.placements == [
                .off, .unusable, .sent(index: 0, slot: nil), .sent(index: 1, slot: nil), .beyond(most: 2),
            ]
        )
        #expect(list.placements.map(\.note) == ["off", nil, nil, nil, "not sent: the model takes 2"])
        #expect(list.summary == "2 of 5 sent")
        #expect(list.inputs == ["images": [.string(two), .string(three)]])
    }

    @Test func `a model without images is sent none`() {
        let list = list(one, binding: nil)
        #expect(list.placements == [.notTaken])
        #expect(list.placements[0].note == "not sent: the model takes no images")
        #expect(list.inputs.isEmpty)
    }

    @Test(arguments: [
        (["image", "last_frame"], ["first frame", "last frame"]),
        (["first_frame_image", "last_frame_image"], ["first frame", "last frame"]),
        (["start_image", "end_image", "subject_image"], ["first frame", "last frame", "subject image"]),
        (["image"], ["image"]),
        (["blended_image"], ["blended image"]),
    ])
    func `slots have names for people`(fields: [String], labels: [String]) {
        let slots = ImageSlot.slots(of: .slots(fields: fields))
        #expect(slots.map(\.field) == fields)
        #expect(slots.map(\.label) == labels)
    }

    @Test func `items fill slots in order`() {
        let list = list(one, two, three, binding: .slots(fields: ["image", "last_frame"]))
        #expect(
            list.placements == [
                .sent(index: 0, slot: ImageSlot(field: "image", label: "first frame")),
                .sent(index: 1, slot: ImageSlot(field: "last_frame", label: "last frame")),
                .beyond(most: 2),
            ]
        )
        #expect(list.inputs == ["image": .string(one), "last_frame": .string(two)])
    }

    @Test(arguments: 0..<30)
    func `undoing everything returns to the start, redoing everything to the end`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var list = list(one, "/tmp/x.png")
        func shape(_ list: ImageList) -> [String] { list.items.map { "\($0.id) \($0.text) \($0.isOn)" } }
        let start = shape(list)
        for _ in 0..<120 {
            let id = Int.random(in: 0...12, using: &random)
            switch Int.random(in: 0..<12, using: &random) {
            case 0, 1: list.add("https://a.org/\(Int.random(in: 0..<20, using: &random)).png, nonsense")
            case 2: list.remove()
            case 3: list.toggle()
            case 4: list.moveUp()
            case 5: list.moveDown()
            case 6: list.edit(id, to: "https://b.org/\(id)")
            case 7: list.beginCheck(id)
            case 8: list.finishCheck(id, url: list[id: id]?.text ?? "", with: .ok(ImageFacts(bytes: 1)))
            case 9: list.beginUpload(id)
            case 10: list.moveSelection(by: .random(in: -3...3, using: &random))
            default: list.removeAll()
            }
            #expect(list.items.isEmpty ? list.selection == 0 : list.items.indices.contains(list.selection))
            #expect(Set(list.items.map(\.id)).count == list.items.count)
            #expect(Set(list.items.map(\.text)).count == list.items.count)
            #expect(list.sent.allSatisfy { $0.isOn && $0.url != nil })
        }
        let end = shape(list)
        while list.undo() {}
        #expect(shape(list) == start)
        while list.redo() {}
        #expect(shape(list) == end)
    }
}
